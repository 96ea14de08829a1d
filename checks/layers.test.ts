import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';
import { cyclesIn, importsOf, tableIn } from './imports.fixture.js';

const root = join(import.meta.dirname, '..');
const sources = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard')
  .split('\n')
  .filter((file) => /\.ts$/.test(file) && existsSync(join(root, file)));
const imports = new Map(sources.map((file) => [file, importsOf(root, file)]));

interface Room {
  readonly name: string;
  readonly imports: readonly string[];
  /** Whether it may import all others: the exports of a package. */
  readonly free: boolean;
}

/** The rooms of a package in the order of its README, the lowest first. */
function roomsOf(name: string): Room[] {
  const readme = readFileSync(join(root, name, 'README.md'), 'utf8');
  return tableIn(readme, 'Room').map(([room, cell]) => ({
    name: room!,
    imports: cell === 'nothing' || cell === 'any' ? [] : cell!.split(', '),
    free: cell === 'any',
  }));
}

/** Packages with rooms: the libraries. The rooms of the CLI are in ARCHITECTURE.md. */
const packages = [...new Set(sources.map((file) => file.split('/')[0]!))].filter(
  (name) => existsSync(join(root, name, 'README.md')) && roomsOf(name).length > 0,
);

it('runtime, broker and gateway have rooms', () => {
  expect(packages).toEqual(expect.arrayContaining(['broker', 'gateway', 'runtime']));
});

describe.each(packages)('the rooms of %s', (name) => {
  const rooms = roomsOf(name);
  const names = rooms.map((room) => room.name).sort((a, b) => b.length - a.length);
  const roomOf = (file: string): string | undefined => {
    const place = file.slice(`${name}/src/`.length);
    return names.find((room) => place === room || place.startsWith(`${room}/`));
  };
  const production = sources.filter(
    (file) => file.startsWith(`${name}/src/`) && !/\.(test|fixture)\.ts$/.test(file),
  );

  it('cover all files, and all have files', () => {
    expect(production.filter((file) => roomOf(file) === undefined)).toEqual([]);
    expect(names.filter((room) => !production.some((file) => roomOf(file) === room))).toEqual([]);
  });

  it('import exactly what the table in the README lists', () => {
    const held = rooms.filter(({ free }) => !free);
    const found = held.map((room) => {
      const own = production.filter((file) => roomOf(file) === room.name);
      const reached = new Set(own.flatMap((file) => imports.get(file)!.map((target) => roomOf(target)!)));
      return `${room.name}: ${names.filter((other) => other !== room.name && reached.has(other)).join(', ')}`;
    });
    const listed = held.map((room) => {
      return `${room.name}: ${names.filter((other) => room.imports.includes(other)).join(', ')}`;
    });
    expect(found).toEqual(listed);
    expect(held.flatMap((room) => room.imports).filter((other) => !names.includes(other))).toEqual([]);
  });

  it('are layered: each imports only from those above it in the table', () => {
    const upwards = rooms.flatMap((room, layer) =>
      room.imports
        .filter((other) => rooms.findIndex((each) => each.name === other) >= layer)
        .map((other) => `${room.name} -> ${other}`),
    );
    expect(upwards).toEqual([]);
  });
});

describe('imports', () => {
  it('form no cycle, not even one of types', () => {
    expect(imports.size).toBeGreaterThan(500);
    expect(cyclesIn(imports)).toEqual([]);
  });

  it('that form a cycle would be found', () => {
    const files = { a: ['b'], b: ['c', 'd'], c: ['a'], d: [], e: ['e'], f: ['a'] };
    expect(cyclesIn(new Map(Object.entries(files)))).toEqual([['a', 'b', 'c'], ['e']]);
  });
});
