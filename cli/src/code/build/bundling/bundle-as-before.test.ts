import { beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { bundleAsBefore } from './bundle-as-before.js';
import { PackageCheck, readStamp } from './bundle-stamp.js';
import { bundle, bundled, root, service, unbundled, write, writeSystem } from './bundled-system.fixture.js';

const MAIN = `import rake from 'rake'; import { handle } from '@garden/rake/handle.js'; import './shed.js';
  const gone = await import('gone').catch(({ code }) => code); console.log(rake.teeth, handle, Object.keys(gone));`;

beforeEach(async () => {
  writeSystem(MAIN, {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
    '@garden/rake/package.json': '{ "type": "module" }',
    '@garden/rake/handle.js': 'export const handle = "ash";',
  });
  write('tool-shed/dist/shed.js', 'console.log(import.meta.url);');
  await bundle();
});

const again = () => {
  const nodeModules = join(root, 'node_modules');
  const packages = new PackageCheck(nodeModules).packagesOf(service())!;
  return bundleAsBefore(service().folder, { packages, nodeModules }, readStamp(service())!.imports!);
};

it('an edit is bundled with what is known of the imports', async () => {
  write('tool-shed/dist/main.js', `${MAIN} console.log('edited');`);
  expect(await again()).toMatchObject({ used: ['rake/index.js', '@garden/rake/handle.js'] });
  await bundle();
  expect(bundled()).toContain('edited');
  expect(bundled()).toBe(unbundled());
});

it('an edit that imports less, too', async () => {
  write('tool-shed/dist/main.js', `import rake from 'rake'; console.log(rake);`);
  expect(await again()).toMatchObject({ used: ['rake/index.js'] });
  await bundle();
  expect(bundled()).toBe(unbundled());
});

describe('imports are resolved again', () => {
  it.each<[what: string, edit: () => void]>([
    [
      'for a package that was not imported before',
      () => {
        write('node_modules/spade/package.json', '{}');
        write('node_modules/spade/index.js', 'exports.blade = 1;');
        write('tool-shed/dist/main.js', `${MAIN} import spade from 'spade'; console.log(spade);`);
      },
    ],
    [
      'for another module of the same package',
      () => {
        write('node_modules/rake/tine.js', 'exports.tine = 1;');
        write('tool-shed/dist/main.js', `${MAIN} import tine from 'rake/tine.js'; console.log(tine);`);
      },
    ],
    [
      'for a package that was missing',
      () => {
        write('node_modules/gone/package.json', '{}');
        write('node_modules/gone/index.js', 'exports.found = 1;');
      },
    ],
    [
      'for a package that has been installed closer to the service',
      () => {
        write('tool-shed/node_modules/rake/package.json', '{}');
        write('tool-shed/node_modules/rake/index.js', 'exports.teeth = 3;');
      },
    ],
    [
      'for a file that did not use its location before',
      () => write('tool-shed/dist/main.js', `${MAIN} console.log(import.meta.url, import.meta.dirname);`),
    ],
  ])('%s', async (_, edit) => {
    edit();
    expect(await again()).toBeUndefined();
    await bundle();
    expect(bundled()).toBe(unbundled());
  });
});

it('if two packages of the workspace mean different files by one name, each has its own, after an edit, too', async () => {
  write(
    'node_modules/.package-lock.json',
    JSON.stringify({ packages: { 'node_modules/rake': {}, 'garden/node_modules/rake': {} } }),
  );
  write('garden/node_modules/rake/package.json', '{}');
  write('garden/node_modules/rake/index.js', 'exports.teeth = 3;');
  write('garden/rake.js', `export { default } from 'rake';`);
  write('garden/package.json', '{ "type": "module" }');
  write(
    'tool-shed/dist/main.js',
    `import a from 'rake'; import b from '../../garden/rake.js'; console.log(a, b);`,
  );
  await bundle();
  expect(readStamp(service())!.imports).toBeUndefined();
  await bundle();
  expect(bundled()).toBe(unbundled());
});
