import { createHash } from 'node:crypto';

/** Longer keys are represented by a hash. */
const MAX_KEY_BYTES = 32;

/** The offset of the latest record of each key, for a bounded number of keys. */
export class LatestOffsets {
  private readonly offsets = new Map<string, number>();
  /** Offsets from here on are not covered, because there were too many keys. */
  end = 0;

  constructor(private readonly maxKeys: number) {}

  get isFull(): boolean {
    return this.offsets.size >= this.maxKeys;
  }

  add(key: Buffer, offset: number): void {
    this.offsets.set(nameOf(key), offset);
  }

  /** Whether a later record has the same key. */
  supersedes(key: Buffer, offset: number): boolean {
    return (this.offsets.get(nameOf(key)) ?? -1) > offset;
  }
}

const nameOf = (key: Buffer): string =>
  key.length <= MAX_KEY_BYTES
    ? key.toString('latin1')
    : `#${createHash('sha256').update(key).digest('base64')}`;
