import { constants } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { directories } from '../test-directory.fixture.js';
import { diskFileSystem, type FileSystem } from './file-system.js';
import { MemoryFileSystem } from './memory-file-system.js';

const directory = directories();
const MEGABYTE = 1 << 20;

const memory = (maxBytes = 64 * MEGABYTE, makeRoom = () => false) =>
  new MemoryFileSystem({ maxBytes, makeRoom });

const write = (
  fs: FileSystem,
  path: string,
  { bytes, position = 0 }: { bytes: Buffer; position?: number },
) => {
  const file = fs.openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    fs.writeSync(file, bytes, { offset: 0, length: bytes.length, position });
  } finally {
    fs.closeSync(file);
  }
};

type Operation = (fs: FileSystem, at: (name: string) => string) => unknown;

const name = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'd/e/a');
const folder = fc.constantFrom('', 'd', 'd/e', 'f');
const position = fc.oneof(fc.nat(300), fc.nat(3 * MEGABYTE));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .record({ path: name, position, length: fc.oneof(fc.nat(300), fc.nat(2 * MEGABYTE)), byte: fc.nat(255) })
    .map((w): Operation => (fs, at) => {
      write(fs, at(w.path), { bytes: Buffer.alloc(w.length, w.byte), position: w.position });
    }),
  fc.tuple(name, position).map(([path, size]): Operation => (fs, at) => {
    const file = fs.openSync(at(path), 'r+');
    fs.ftruncateSync(file, size);
    fs.closeSync(file);
  }),
  fc.tuple(name, position, fc.nat(5000)).map(([path, from, length]): Operation => (fs, at) => {
    const file = fs.openSync(at(path), 'r+');
    const bytes = Buffer.alloc(length);
    const read = fs.readSync(file, bytes, { offset: 0, length, position: from });
    fs.closeSync(file);
    return [read, bytes.toString('hex')];
  }),
  fc.tuple(name, fc.string()).map(([path, content]): Operation => (fs, at) => {
    const file = fs.openSync(at(path), 'w', 0o600);
    fs.writeFileSync(file, content);
    fs.closeSync(file);
  }),
  name.map(
    (path): Operation =>
      (fs, at) =>
        fs.readFileSync(at(path)).toString('base64').length,
  ),
  folder.map(
    (path): Operation =>
      (fs, at) =>
        void fs.mkdirSync(at(path), { recursive: true }),
  ),
  folder.map(
    (path): Operation =>
      (fs, at) =>
        fs.readdirSync(at(path)).sort(),
  ),
  fc.tuple(name, name).map(
    ([from, to]): Operation =>
      (fs, at) =>
        fs.renameSync(at(from), at(to)),
  ),
  name.map(
    (path): Operation =>
      (fs, at) =>
        fs.unlinkSync(at(path)),
  ),
  folder
    .filter((path) => path !== '')
    .map(
      (path): Operation =>
        (fs, at) =>
          fs.rmSync(at(path), { recursive: true, force: true }),
    ),
);

/** What an operation returns, or the code that it fails with. */
const outcome = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};

describe('files in memory', () => {
  it('are like those on a disk', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
        const root = directory();
        const inMemory = memory();
        inMemory.mkdirSync(root);
        const onDisk = operations.map((run) =>
          outcome(() => run(diskFileSystem, (path) => join(root, path))),
        );
        const held = operations.map((run) => outcome(() => run(inMemory, (path) => join(root, path))));
        expect(held).toEqual(onDisk);
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100) },
    );
  });

  it('are counted, also when they are replaced and removed', () => {
    const fs = memory();
    fs.mkdirSync('/d');
    write(fs, '/d/a', { bytes: Buffer.alloc(100) });
    write(fs, '/d/b', { bytes: Buffer.alloc(50), position: 10 });
    write(fs, '/d/b', { bytes: Buffer.alloc(0), position: 70 });
    expect(fs.size).toBe(160);
    fs.renameSync('/d/a', '/d/b');
    expect(fs.size).toBe(100);
    fs.rmSync('/d');
    expect(fs.size).toBe(0);
  });

  it('have a limit, at which room is made, or a write fails as on a full disk', () => {
    const fs = memory(1000, () => {
      if (!fs.readdirSync('/').includes('old')) return false;
      fs.unlinkSync('/old');
      return true;
    });
    write(fs, '/old', { bytes: Buffer.alloc(600) });
    write(fs, '/new', { bytes: Buffer.alloc(600) });
    expect(fs.readdirSync('/')).toEqual(['new']);
    const tooMuch = () => write(fs, '/new', { bytes: Buffer.alloc(600), position: 600 });
    expect(tooMuch).toThrow(expect.objectContaining({ code: 'ENOSPC' }));
    expect(fs.size).toBe(600);
  });
});
