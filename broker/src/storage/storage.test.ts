import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { silent } from '../log-line.js';
import { directories } from '../test-directory.fixture.js';
import { DirectoryLocked, lockDirectory } from './directory-lock.js';
import { diskOf } from './disk.js';
import { FilePool } from './file-pool.js';
import { StateStore } from './state-store.js';
import { StorageError } from './storage-error.js';
import { itWhere } from '../../../checks/skipping.fixture.js';

const directory = directories();

const open = (path: string): StateStore => new StateStore(path, diskOf(silent));

describe('the state store', () => {
  it('keeps its values across a restart', () => {
    const path = join(directory(), 'state.log');
    const store = open(path);
    store.table<number>('a').setAll([
      ['x', 1],
      ['y', 2],
    ]);
    store.table<number>('b').set('x', 3);
    store.table<number>('a').delete('x', 'nothing');
    const again = open(path);
    expect(again.table('a').entries()).toEqual([['y', 2]]);
    expect(again.table('b').get('x')).toBe(3);
  });

  it('drops an incomplete line entirely, and continues after the last valid one', () => {
    const path = join(directory(), 'state.log');
    open(path).table<number>('a').set('x', 1);
    const good = readFileSync(path);
    open(path)
      .table<number>('a')
      .setAll([
        ['x', 2],
        ['y', 2],
      ]);
    const whole = readFileSync(path);
    for (let length = good.length; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length));
      expect(open(path).table('a').entries()).toEqual([['x', 1]]);
      open(path).table<number>('a').set('z', 3);
      expect(open(path).table('a').get('z')).toBe(3);
    }
  });

  it('skips a damaged line', () => {
    const path = join(directory(), 'state.log');
    open(path).table<number>('a').set('x', 1);
    appendFileSync(path, '00000000 [["a","x",9]]\n');
    open(path).table<number>('a').set('y', 2);
    expect(open(path).table('a').entries()).toEqual([
      ['x', 1],
      ['y', 2],
    ]);
  });

  it('stays small when the same values change repeatedly', () => {
    const path = join(directory(), 'state.log');
    const table = open(path).table<string>('a');
    for (let i = 0; i < 3000; i++) table.set('same', `${i}`.padEnd(1000));
    expect(statSync(path).size).toBeLessThan(1 << 21);
    expect(open(path).table<string>('a').get('same')!.trim()).toBe('2999');
  });

  it('throws if it cannot be written', () => {
    const path = directory();
    expect(() => open(join(path, 'missing', 'state.log'))).toThrow(StorageError);
  });
});

describe('the file pool', () => {
  it('limits the number of open files', () => {
    const path = directory();
    const files = new FilePool(4);
    const name = (i: number): string => join(path, String(i));
    const before = openSync(path, 'r');
    closeSync(before);
    for (let i = 0; i < 50; i++) files.write(name(i), Buffer.from(String(i)), 0);
    const after = openSync(path, 'r');
    closeSync(after);
    expect(after - before).toBeLessThanOrEqual(4);
    for (let i = 0; i < 50; i++) expect(files.read(name(i), 0, 9).toString()).toBe(String(i));
    files.closeAll();
  });

  const full = itWhere(existsSync('/dev/full'), 'this system has no /dev/full');
  full('reports a disk error as StorageError', () => {
    expect(() => new FilePool().write('/dev/full', Buffer.from('x'), 0)).toThrow(StorageError);
  });
});

describe('the lock of a data directory', () => {
  it('has one holder at a time', () => {
    const path = directory();
    const release = lockDirectory(path);
    expect(() => lockDirectory(path)).toThrow(DirectoryLocked);
    release();
    lockDirectory(path)();
  });

  it('is respected while another process holds it, and taken over after its end', async () => {
    const path = directory();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(join(path, 'broker.lock'), `${other.pid}\n`);
    expect(() => lockDirectory(path)).toThrow(`pid ${other.pid}`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    lockDirectory(path)();
  });

  it('is taken over when its pid now belongs to another process', async () => {
    const path = directory();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const lock = join(path, 'broker.lock');
    writeFileSync(lock, `${other.pid}\n`);
    utimesSync(lock, 0, 0);
    lockDirectory(path)();
    other.kill('SIGKILL');
    await once(other, 'exit');
  });

  it('fails where nothing can be written', () => {
    expect(() => lockDirectory(join(directory(), 'missing'))).toThrow(StorageError);
  });

  it('is taken over from an earlier process with the same pid, and from an empty file', () => {
    const path = directory();
    const lock = join(path, 'broker.lock');
    writeFileSync(lock, `${process.pid}\n`);
    lockDirectory(path)();
    writeFileSync(lock, '');
    utimesSync(lock, 0, 0);
    lockDirectory(path)();
  });
});
