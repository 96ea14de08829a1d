import { describe, expect, it } from '@jest/globals';
import { existsSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build-stale.js';
import { beforeEachBuiltShop } from './built-shop.fixture.js';
import { inputsOf } from './project-inputs.js';
import { staleServices } from './stale.js';
import type { ShopCopy } from '../../shop-copy.fixture.js';

/** A file, a change to it, and the resulting error message. */
type BadSettings = [file: string, change: (content: string) => string, message: RegExp];

let shop: ShopCopy;
beforeEachBuiltShop((copy) => (shop = copy));

const path = (file: string) => join(shop.root, file);
const stale = () => staleServices(shop.system).map(({ name }) => name);

describe('a project that cannot be built is refused before compiling:', () => {
  const order = (file: string) => `services/order-service/${file}`;
  const config = order('tsconfig.json');
  const option = (text: string) => (content: string) =>
    content.replace('"rootDir": "src"', `"rootDir": "src", ${text}`);

  it.each<[string, ...BadSettings]>([
    [
      'a superfluous comma',
      config,
      (text) => text.replace('{', '{,'),
      /^services\/order-service\/tsconfig\.json:1:2 /,
    ],
    ['an empty file', config, () => '', /tsconfig\.json:1:1 value expected/],
    [
      'an invalid base',
      'tsconfig.base.json',
      (text) => text.replace('"strict": true,', '"strict" true,'),
      /^tsconfig\.base\.json:8:14 colon expected/,
    ],
    [
      'a missing base',
      config,
      (text) => text.replace('base.json', 'bas.json'),
      /tsconfig\.json:2:3 extends .*bas\.json", which does not exist/,
    ],
    [
      'another output folder',
      config,
      (text) => text.replace('"dist"', '"../../build"'),
      /tsconfig\.json:3:42 compilerOptions\.outDir must be/,
    ],
    [
      'declarations beside the sources',
      config,
      option('"declarationDir": "src"'),
      /compilerOptions\.declarationDir must be in dist/,
    ],
    [
      '.tsbuildinfo beside the sources',
      config,
      (text) => text.replace('dist/.tsbuildinfo', 'src/notes'),
      /compilerOptions\.tsBuildInfoFile must be in dist/,
    ],
    [
      'output despite errors',
      config,
      option('"noEmitOnError": false'),
      /compilerOptions\.noEmitOnError must be true/,
    ],
    [
      'an error in a shared package',
      'runtime/tsconfig.json',
      (text) => text.replace('{', '{{'),
      /^runtime\/tsconfig\.json:1:2/,
    ],
  ])('a tsconfig.json with %s', async (_, ...[file, change, message]) => {
    shop.edit(file, change);
    expect(stale()).toContain('order-service');
    await expect(buildStale(shop.system)).rejects.toMatchObject({
      code: 'TSCONFIG_INVALID',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    expect(existsSync(path(order('src/main.js')))).toBe(false);
  });

  it('comments, trailing commas and a byte order mark are accepted', async () => {
    shop.edit(config, (text) => '\uFEFF// mine\n' + text.replace(/\n}\s*$/, ',\n}'));
    expect(await buildStale(shop.system)).toMatchObject([{ name: 'order-service' }]);
  });

  it('a package.json that is not JSON', async () => {
    shop.edit(order('package.json'), (text) => text.replace(',', ',,'));
    await expect(buildStale(shop.system)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: expect.stringMatching(/^services\/order-service\/package\.json:2:27 is not valid JSON/),
    });
  });

  it.each([
    ['a JavaScript file', 'main.js'],
    ['a source map', 'main.js.map'],
    ['a declaration', 'main.d.ts'],
  ])('%s that would overwrite a compiled file', async (_, file) => {
    shop.write(order(`src/${file}`), 'throw 1;');
    await expect(buildStale(shop.system)).rejects.toMatchObject({
      code: 'SOURCES_REFUSED',
      facts: {
        sources: [`services/order-service/src/${file} would overwrite the compiled output of main.ts`],
      },
    });
    rmSync(path(order(`src/${file}`)));
    expect(await buildStale(shop.system)).toEqual([]);
  });

  it.each([
    [
      'the whole src folder',
      'src',
      () => {
        renameSync(path(order('src')), path('sources'));
        symlinkSync(path('sources'), path(order('src')));
      },
    ],
    ['a folder', 'src/shared', () => symlinkSync(path('runtime/src'), path(order('src/shared')))],
    ['a file', 'src/a.ts', () => symlinkSync(path('runtime/src/main.ts'), path(order('src/a.ts')))],
    ['nothing', 'src/a.ts', () => symlinkSync('nowhere', path(order('src/a.ts')))],
  ])('a symbolic link to %s', async (_, file, link) => {
    link();
    expect(stale()).toEqual(['order-service']);
    await expect(buildStale(shop.system)).rejects.toMatchObject({
      code: 'SOURCES_REFUSED',
      message: expect.stringContaining(`services/order-service/${file} is a symbolic link`),
    });
  });
});

it('a single list contains everything that a build reads', () => {
  const { files, folders } = inputsOf(shop.root, path('services/order-service'));
  const expected = [
    'runtime/tsconfig.json',
    'tsconfig.base.json',
    'runtime/package.json',
    'package-lock.json',
    'runtime/src/main.ts',
    'services/order-service/tsconfig.json',
    'services/order-service/package.json',
  ];
  expect(files).toEqual(
    expect.arrayContaining([...expected, 'services/order-service/src/main.ts'].map(path)),
  );
  expect(folders).toEqual(['runtime/src', 'services/order-service/src'].map(path));
});
