import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packedFaults } from '../scripts/packed-faults.mjs';
import { publishedPackages, repositoryUrl, workspaces } from '../scripts/published-packages.mjs';

const root = join(import.meta.dirname, '..');
const origin = { url: 'git+https://example.com/tool.git', directory: 'tool' };
const manifest = {
  name: '@msx/tool',
  description: 'A tool',
  keywords: ['tool'],
  license: 'MIT',
  engines: { node: '>=20.19' },
  repository: { type: 'git', ...origin },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
};
const packed = {
  'package.json': '',
  'README.md': '',
  LICENSE: '',
  'dist/index.d.ts': '',
  'dist/index.js': 'export {};\n//# sourceMappingURL=index.js.map\n',
  'dist/index.js.map': JSON.stringify({ sources: ['../src/index.ts'], sourcesContent: ['export {};'] }),
};
/** What these name is built before packing. */
const WITHOUT_ENTRIES = { exports: undefined, bin: undefined, main: undefined, types: undefined };
const faults = (files: Partial<Record<string, string>>, changed: object = {}) => {
  const there = Object.entries({ ...packed, ...files }).filter(([, text]) => text !== undefined);
  return packedFaults({ ...manifest, ...changed }, new Map(there), origin);
};

describe('a packed package', () => {
  it('has no fault when it is complete', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    [{ LICENSE: undefined }, 'LICENSE is missing'],
    [{ 'README.md': undefined }, 'README.md is missing'],
    [{ 'dist/.tsbuildinfo': '' }, 'dist/.tsbuildinfo should not be packed'],
    [{ 'dist/index.test.js': '' }, 'dist/index.test.js should not be packed'],
    [
      { 'dist/index.js.map': undefined },
      'dist/index.js names the source map index.js.map, which is not packed',
    ],
    [
      { 'dist/index.js.map': '{"sources":["../src/index.ts"]}' },
      'dist/index.js.map refers to ../src/index.ts, which is not packed',
    ],
    [{ 'dist/index.js': undefined }, './dist/index.js is named in package.json, but not packed'],
  ])('has a fault when something is missing or unwanted: %#', (files, fault) => {
    expect(faults(files)).toEqual([fault]);
  });

  it('has a description, keywords and its repository', () => {
    expect(faults({}, { keywords: [], description: '' })).toEqual([
      'package.json has no description',
      'package.json has no keywords',
    ]);
    expect(faults({}, { repository: { ...origin, directory: 'other' } })).toEqual([
      'package.json must have the repository git+https://example.com/tool.git, with the directory tool',
    ]);
  });
});

describe('the packages', () => {
  const published = publishedPackages(root).map(({ folder, manifest: { name } }): [string, string] => [
    folder,
    name as string,
  ]);

  it('that are not private are those in @msx', () => {
    const ours = workspaces(root).filter((folder) => !folder.startsWith('services/'));
    expect(published).toEqual(ours.map((folder) => [folder, `@msx/${folder}`]));
  });

  it.each(published)(
    '%s has the licence of the repository, a README, and the location of its sources',
    (folder) => {
      const read = (file: string) => readFileSync(join(root, folder, file), 'utf8');
      const here = JSON.parse(read('package.json')) as typeof manifest & {
        publishConfig: { access: string };
      };
      expect(read('LICENSE')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
      const files = new Map([
        ['README.md', read('README.md')],
        ['LICENSE', ''],
        ['package.json', ''],
      ]);
      expect(
        packedFaults({ ...here, ...WITHOUT_ENTRIES }, files, {
          url: repositoryUrl(root),
          directory: folder,
        }),
      ).toEqual([]);
      // npm publishes a scoped package as private by default.
      expect(here.publishConfig.access).toBe('public');
    },
  );
});
