import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock.js';

describe('the lock of an engine', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is held by one that lives', () => {
    expect(takeLock(folder, 'first', () => true)).toHaveProperty('release');
    expect(takeLock(folder, 'second', () => true)).toEqual({ heldBy: 'first' });
  });

  it('passes from the dead to the next, and is never two', () => {
    takeLock(folder, 'dead', () => true);
    expect(takeLock(folder, 'next', (holder) => holder !== 'dead')).toHaveProperty('release');
    expect(takeLock(folder, 'late', (holder) => holder !== 'dead')).toEqual({ heldBy: 'next' });
    expect(readdirSync(folder)).toEqual(['engine.2.lock']);
  });

  it('goes to one of two that find the same dead at once', () => {
    takeLock(folder, 'dead', () => true);
    let second: unknown;
    const first = takeLock(folder, 'first', (holder) => {
      // Between the look of the first and its take comes the second.
      if (holder === 'dead') second ??= takeLock(folder, 'second', (other) => other !== 'dead');
      return holder !== 'dead';
    });
    expect(second).toHaveProperty('release');
    expect(first).toEqual({ heldBy: 'second' });
  });

  it('is free once released', () => {
    const lock = takeLock(folder, 'first', () => true);
    if ('release' in lock) lock.release();
    expect(takeLock(folder, 'second', () => true)).toHaveProperty('release');
  });
});
