import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleFile } from './bundle-file.js';
import { PackageCheck, readStamp, writeStamp } from './bundle-stamp.js';
import {
  bundle,
  bundled,
  isFallback,
  isFresh,
  root,
  service,
  unbundled,
  write,
  writeSystem,
} from './bundled-system.fixture.js';

/** The first lines of a file come from line 5 and the following ones of another; see the source map specification. */
const FROM_LINE_5 = ['AAIA', 'AACA', 'AACA'].join(';');

describe('a bundled service does what the unbundled one does', () => {
  it.each<[what: string, main: string, packages: Record<string, string>]>([
    [
      'with ES modules: default and named exports, and a file beside the module',
      `import rake, { teeth, label } from 'rake'; import * as all from 'rake';
       console.log(rake, teeth, label(), Object.keys(all));`,
      {
        'rake/package.json': '{ "type": "module", "exports": "./index.js" }',
        'rake/index.js': `import { readFileSync } from 'node:fs';
          export default 'rake'; export const teeth = 14;
          export const label = () => readFileSync(new URL('label.txt', import.meta.url), 'utf8') + import.meta.dirname;`,
        'rake/label.txt': 'steel',
      },
    ],
    [
      'with CommonJS: the default export, names, and a file beside the module',
      `import spade, { blade, label } from 'spade'; import trowel from 'spade/trowel.js';
       console.log(Object.keys(spade), blade, label(), trowel.default, typeof trowel);`,
      {
        'spade/package.json': '{}',
        'spade/index.js': `/* Made of steel. */ 'use strict';
          exports.blade = 1; exports.label = () => require('fs').readFileSync(__dirname + '/label.txt', 'utf8') + __filename + this;`,
        'spade/label.txt': 'ash',
        'spade/trowel.js': 'exports.__esModule = true; exports.default = 2;',
      },
    ],
    [
      'with one class of a package, whoever imports it, and its name',
      `import { Bulb, Seed, scions } from 'seed'; import { sow } from 'sower';
       class Own extends Seed {} const isClass = (x) => /^class\\s/.test(String(x));
       console.log(isClass(Seed), isClass(Bulb), isClass(scions[0]), sow() instanceof Seed, Seed.name, Own.name, new Own() instanceof Seed);`,
      {
        'seed/package.json': '{}',
        'seed/index.js':
          'class Seed {} exports.Seed = Seed; exports.Bulb = class {}; exports.scions = [class {}];',
        'sower/package.json': '{ "type": "module", "exports": "./index.js" }',
        'sower/index.js': `import { createRequire } from 'node:module';
          const { Seed } = createRequire(import.meta.url)('seed'); export const sow = () => new Seed();`,
      },
    ],
    [
      'with packages that are not installed, but would be used',
      `import { find } from 'finder'; console.log(find());`,
      {
        'finder/package.json': '{}',
        'finder/index.js': `exports.find = () => { try { return require('gone'); } catch ({ code }) { return code; } };
          exports.never = () => require('never-installed');`,
      },
    ],
    [
      'with characters of all alphabets',
      `import { words, isWord } from 'herbs'; console.log(words, words.map(isWord), isWord('\\u00c3'));`,
      {
        'herbs/package.json': '{}',
        'herbs/index.js': `exports.words = ['Kerbel', 'Rübe', '🌿'];
          exports.isWord = (text) => /^([a-zü]+|[🌿🌱])$/iu.test(text) || /^[Àö]$/.test(text);`,
      },
    ],
  ])('%s', async (_, main, packages) => {
    writeSystem(main, packages);
    await bundle();
    expect(isFallback()).toBe(false);
    expect(bundled()).toBe(unbundled());
  });
});

it('a package with a native part stays outside, beside its binary', async () => {
  writeSystem(
    `import pump from 'pump'; console.log(pump());`,
    {
      'pump/package.json': '{}',
      'pump/index.js': `module.exports = () => [__filename, require.main === undefined, module.children !== undefined];`,
    },
    { pump: { dependencies: { 'node-gyp-build': '^4.0.0' } } },
  );
  await bundle();
  const { packages } = readStamp(service())!;
  expect(readFileSync(join(packages!, 'packages.cjs'), 'utf8')).not.toContain('children');
  expect(bundled()).toBe(unbundled());
});

it.each(['--start', '--open'])(
  'a package that is not installed fails where it is imported: %s',
  async (argument) => {
    writeSystem(
      `const open = () => import('./chest.js').catch(({ code }) => code);
     console.log(${JSON.stringify(argument)} === '--open' ? await open() : 'closed');`,
      {},
    );
    write('tool-shed/dist/chest.js', `import { lock } from 'gone'; export const locked = lock();`);
    await bundle();
    expect(isFallback()).toBe(false);
    expect(bundled()).toBe(unbundled());
    expect(bundled().trim()).toBe(argument === '--open' ? 'ERR_MODULE_NOT_FOUND' : 'closed');
    write('tool-shed/dist/chest.js', `import { lock } from 'gone'; export const unlocked = !lock();`);
    await bundle();
    expect(bundled()).toBe(unbundled());
  },
);

it('an error names the line of the source', async () => {
  writeSystem(
    `import { fail } from './shed.js'; try { fail(); } catch ({ stack }) { console.log(stack); }`,
    {},
  );
  write(
    'tool-shed/dist/shed.js',
    `export function fail() {\n  throw new Error('rust');\n}\n//# sourceMappingURL=shed.js.map`,
  );
  const map = { version: 3, sources: ['../src/shed.ts'], names: [], mappings: FROM_LINE_5 };
  write('tool-shed/dist/shed.js.map', JSON.stringify(map));
  await bundle();
  expect(bundled()).toContain(`fail (${root}/tool-shed/src/shed.ts:6:`);
});

it('systems with the same packages share one bundle of them, which later imports extend', async () => {
  const packages = {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
    'spade/package.json': '{}',
    'spade/index.js': 'exports.blade = 1;',
  };
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, packages);
  await bundle();
  const first = readStamp(service())!.packages;
  rmSync(dirname(bundleFile(service().folder)), { recursive: true });
  await bundle();
  expect(readStamp(service())!.packages).toBe(first);
  write(
    'tool-shed/dist/main.js',
    `import { teeth } from 'rake'; import { blade } from 'spade'; console.log(teeth, blade);`,
  );
  await bundle();
  expect(readStamp(service())!.packages).not.toBe(first);
  expect(bundled()).toBe('14 1\n');
});

it('a system in a workspace has the packages of the workspace', async () => {
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
  });
  write('shed/node_modules/.cache/some', '');
  await bundle(join(root, 'shed'));
  expect([readStamp(service())!.problem, isFresh(), bundled()]).toEqual([undefined, true, '14\n']);
});

it('packages that npm did not install are not bundled, and the stamp says so', async () => {
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
  });
  rmSync(join(root, 'node_modules/.package-lock.json'));
  await bundle();
  expect([isFallback(), bundled()]).toEqual([true, '14\n']);
  expect(readStamp(service())!.problem).toMatch(/^there is no .*, by which npm says what it has installed$/);
});

it('is stale with other stamps, after an edit of a package, and without its packages', async () => {
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
  });
  await bundle();
  expect([isFresh(), isFresh('others')]).toEqual([true, false]);
  const { begun } = readStamp(service())!;
  writeStamp(service(), { ...readStamp(service())!, begun: begun - 60_000 });
  expect(isFresh()).toBe(false);
  writeStamp(service(), { ...readStamp(service())!, begun });
  write('node_modules/rake/index.js', 'exports.teeth = 15;');
  expect(isFresh()).toBe(false);
  await bundle();
  expect([isFresh(), bundled()]).toEqual([true, '15\n']);
  rmSync(join(root, 'cache'), { recursive: true });
  expect(isFresh()).toBe(false);
});

it('one check looks at packages once, although several services share their bundle', async () => {
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
  });
  await bundle();
  const check = new PackageCheck(join(root, 'node_modules'));
  const first = check.packagesOf(service());
  write('node_modules/rake/index.js', 'exports.teeth = 15;');
  expect([first?.files, check.packagesOf(service())]).toEqual([['rake/index.js'], first]);
  expect(new PackageCheck(join(root, 'node_modules')).packagesOf(service())).toBeUndefined();
});

it('a bundle of another version of msx is not used', async () => {
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, {
    'rake/package.json': '{}',
    'rake/index.js': 'exports.teeth = 14;',
  });
  await bundle();
  writeFileSync(join(readStamp(service())!.packages!, 'manifest.json'), '{ "version": 1 }');
  expect(isFresh()).toBe(false);
  await bundle();
  expect([isFresh(), bundled()]).toEqual([true, '14\n']);
});

it('bundles of packages that no build used for a month are removed when another one is made', async () => {
  const packages = { 'rake/package.json': '{}', 'rake/index.js': 'exports.teeth = 14;' };
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, packages);
  await bundle();
  const [old, month] = [readStamp(service())!.packages!, 31 * 24 * 60 * 60 * 1000];
  utimesSync(old, new Date(), new Date(Date.now() - month));
  writeSystem(`import { teeth } from 'rake'; console.log(teeth);`, packages, { rake: { version: '2.0.0' } });
  rmSync(dirname(bundleFile(service().folder)), { recursive: true });
  await bundle();
  expect([existsSync(old), bundled()]).toEqual([false, '14\n']);
});

it('a service whose packages cannot be bundled starts from its files, and the stamp says why', async () => {
  writeSystem(`import { late } from 'late'; console.log(late);`, {
    'late/package.json': '{ "type": "module", "exports": "./index.js" }',
    'late/index.js': 'export const late = await Promise.resolve(1);',
  });
  await bundle();
  expect(isFallback()).toBe(true);
  expect(bundled()).toBe('1\n');
  expect(isFresh()).toBe(true);
  expect(readStamp(service())!.problem).toMatch(/top-level await/i);
});
