import { describe, expect, it } from '@jest/globals';
import { silent } from '../log-line.js';
import { diskFileSystem, type FileSystem } from './file-system.js';
import { Flusher } from './flusher.js';
import { StorageError } from './storage-error.js';

/** A disk whose flushes end when the test says so. */
const slowDisk = () => {
  const pending: { path: string; finish: () => void; fail: (error: Error) => void }[] = [];
  const fs: FileSystem = {
    ...diskFileSystem,
    datasync: (path) => new Promise((finish, fail) => pending.push({ path, finish, fail })),
  };
  return { pending, flusher: new Flusher(silent, 1000, fs) };
};

const settled = async (promise: Promise<void>): Promise<string> => {
  const pending = new Promise<string>((resolve) => setImmediate(resolve, 'pending'));
  return Promise.race([promise.then(() => 'flushed').catch(() => 'failed'), pending]);
};

describe('flushing a file now', () => {
  it('shares the next flush among all that wait for the current one', async () => {
    const { pending, flusher } = slowDisk();
    const first = flusher.flushNow('a');
    expect(await settled(first)).toBe('pending');
    const others = [flusher.flushNow('a'), flusher.flushNow('a'), flusher.flushNow('a')];
    expect(await settled(others[0]!)).toBe('pending');
    expect(pending).toHaveLength(1);
    pending[0]!.finish();
    expect(await settled(first)).toBe('flushed');
    expect(await settled(others[0]!)).toBe('pending');
    expect(pending).toHaveLength(2);
    pending[1]!.finish();
    await Promise.all(others);
    expect(pending).toHaveLength(2);
  });

  it('does not wait for other files', async () => {
    const { pending, flusher } = slowDisk();
    void flusher.flushNow('a');
    const other = flusher.flushNow('b');
    expect(await settled(other)).toBe('pending');
    expect(pending.map(({ path }) => path)).toEqual(['a', 'b']);
    pending[1]!.finish();
    expect(await settled(other)).toBe('flushed');
  });

  it('tells only those who wait for a flush that it failed', async () => {
    const { pending, flusher } = slowDisk();
    const first = flusher.flushNow('a');
    expect(await settled(first)).toBe('pending');
    const second = flusher.flushNow('a');
    pending[0]!.fail(new Error('no space'));
    await expect(first).rejects.toBeInstanceOf(StorageError);
    expect(await settled(second)).toBe('pending');
    pending[1]!.finish();
    expect(await settled(second)).toBe('flushed');
  });
});
