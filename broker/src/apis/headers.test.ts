import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { registry } from './registry.js';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder);

/** The file name of an API by its key: `02-list-offsets` for 2. */
const nameOf = (key: number): string | undefined =>
  files
    .map((file) => /^(\d+-[a-z-]+)\.ts$/.exec(file)?.[1])
    .find((name) => name && Number.parseInt(name) === key);

/** The header comment of a file. */
const headerOf = (name: string): string =>
  /^(?:\/\/ .*\n)*/.exec(readFileSync(new URL(`${name}.ts`, folder), 'utf8'))![0].replaceAll('// ', '');

describe('an API', () => {
  it.each(registry.map(({ api }) => [api.name, api] as const))(
    'is a table with a correct header, a handler and a test under one number: %s',
    (_, api) => {
      const name = nameOf(api.key);
      expect(name).toBeDefined();
      expect(files).toEqual(expect.arrayContaining([`${name}.handler.ts`, `${name}.test.ts`]));
      const header = headerOf(name!);
      const [, named, first, last = first] = /^(\w+), versions? (\d+)(?:–(\d+))?: /.exec(header) ?? [];
      expect([named, Number(first), Number(last)]).toEqual([api.name, ...api.versions]);
      expect(header).toMatch(/^Left out: \S/m);
      expect(header).toMatch(/^From: .*(KIP-\d|the protocol guide)/m);
      expect(header.trim().split('\n').length).toBeLessThanOrEqual(5);
    },
  );

  it('is served if its table exists', () => {
    const tables = files.filter((file) => /^\d+-[a-z-]+\.ts$/.test(file));
    expect(tables.map((file) => Number.parseInt(file)).sort((a, b) => a - b)).toEqual(
      registry.map(({ api }) => api.key),
    );
  });
});
