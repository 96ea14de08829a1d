import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeOf } from './home.js';
import { Locks, takeLock } from './lock.js';
import { identityOf } from './process-table.js';

const processOf = (name: string) => ({ pid: 1, startTime: name });
const [first, second, next, late, dead] = ['first', 'second', 'next', 'late', 'dead'].map(processOf);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msx-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('numbered locks', () => {
  const locks = () => new Locks(folder, 'engine');
  const isNotDead = ({ startTime }: { startTime: string }) => startTime !== 'dead';

  it('are held by a process that is alive', () => {
    expect(locks().take(first!, () => true)).toHaveProperty('release');
    expect(locks().take(second!, () => true)).toEqual({ heldBy: first });
  });

  it('pass from a dead process to the next, and are never held twice', () => {
    locks().take(dead!, () => true);
    expect(locks().take(next!, isNotDead)).toHaveProperty('release');
    expect(locks().take(late!, isNotDead)).toEqual({ heldBy: next });
    expect(readdirSync(folder)).toEqual(['engine.2.lock']);
  });

  it('go to one of two processes that find the same dead holder', () => {
    locks().take(dead!, () => true);
    let other: unknown;
    const mine = locks().take(first!, (holder) => {
      // The second process takes the lock between the check and the take of the first.
      if (!isNotDead(holder)) other ??= locks().take(second!, isNotDead);
      return isNotDead(holder);
    });
    expect(other).toHaveProperty('release');
    expect(mine).toEqual({ heldBy: second });
  });

  it('are free once released', () => {
    const lock = locks().take(first!, () => true);
    if ('release' in lock) lock.release();
    expect(locks().take(second!, () => true)).toHaveProperty('release');
  });
});

describe('the lock of a system', () => {
  const hold = (holder: object) => {
    mkdirSync(join(folder, '.msx'));
    writeFileSync(join(folder, '.msx/build.1.lock'), JSON.stringify(holder));
  };
  const me = identityOf(process.pid)!;

  it('names the process that holds it', () => {
    takeLock(folder, 'build');
    expect(takeLock(folder, 'build')).toEqual({ heldBy: { ...me, home: homeOf(folder) } });
    expect(takeLock(folder, 'engine')).toHaveProperty('release');
  });

  it('is not held by a new process with the pid of a dead one', () => {
    hold({ pid: process.ppid, startTime: 'before that one', home: homeOf(folder) });
    expect(takeLock(folder, 'build')).toHaveProperty('release');
  });

  it('is not copied along with the folder', () => {
    takeLock(folder, 'build');
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true });
    try {
      expect(takeLock(copy, 'build')).toHaveProperty('release');
      expect(takeLock(folder, 'build')).toHaveProperty('heldBy');
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});
