import { readFileSync } from 'node:fs';
import { crc32c } from '../records/crc32c.js';
import type { Disk } from './disk.js';
import { replaceFile } from './replace-file.js';
import { onDisk } from './storage-error.js';
import { Table, type Change, type Json } from './table.js';

/** The file is rewritten when it is larger than this and mostly made of values that have been replaced. */
const REWRITE_FROM = 1 << 20;

const lineOf = (changes: Change[]): string => {
  const json = JSON.stringify(changes);
  return `${checksum(json)} ${json}\n`;
};
const checksum = (json: string): string => crc32c(Buffer.from(json)).toString(16).padStart(8, '0');

const changesOf = (line: string): Change[] | undefined =>
  line.slice(0, 8) === checksum(line.slice(9)) ? (JSON.parse(line.slice(9)) as Change[]) : undefined;

/**
 * Everything the broker knows besides the records, as tables of key and value in one append-only file of
 * checksummed lines. A line is one set of changes and happens wholly or not at all.
 */
export class StateStore {
  private readonly values = new Map<string, Map<string, Json>>();
  private size = 0;
  private sizeWhenRewritten = 0;

  constructor(
    private readonly path: string,
    private readonly disk: Disk,
  ) {
    this.recover();
  }

  table<V extends Json>(name: string): Table<V> {
    return new Table<V>(name, this.tableOf(name) as Map<string, V>, (changes) => this.commit(changes));
  }

  /** Writes first, then believes: a change that could not be written has not happened. */
  commit(changes: Change[]): void {
    if (changes.length === 0) return;
    const line = Buffer.from(lineOf(changes));
    this.disk.files.write(this.path, line, this.size);
    this.size += line.length;
    this.apply(changes);
    this.disk.flusher.wrote(this.path);
    if (this.size > Math.max(REWRITE_FROM, 4 * this.sizeWhenRewritten)) this.rewrite();
  }

  private recover(): void {
    const stored = this.disk.files.size(this.path);
    const text = onDisk(this.path, () => readFileSync(this.path));
    const end = text.lastIndexOf('\n') + 1;
    const lines = text.toString('utf8', 0, end).split('\n').slice(0, -1);
    for (const line of lines) this.apply(changesOf(line) ?? []);
    if (end < stored) this.disk.files.truncate(this.path, end);
    this.size = end;
  }

  private apply(changes: Change[]): void {
    for (const [table, key, value] of changes)
      if (value === null) this.tableOf(table).delete(key);
      else this.tableOf(table).set(key, value);
  }

  private tableOf(name: string): Map<string, Json> {
    const known = this.values.get(name);
    if (known) return known;
    const made = new Map<string, Json>();
    this.values.set(name, made);
    return made;
  }

  /** The new file takes the old one's place only when it is whole and on the disk; until then the old one is good. */
  private rewrite(): void {
    const lines = [...this.values].flatMap(([table, values]) =>
      [...values].map(([key, value]) => lineOf([[table, key, value]])),
    );
    try {
      replaceFile(this.path, lines.join(''), () => this.disk.files.close(this.path));
      this.size = this.disk.files.size(this.path);
    } catch (error) {
      this.disk.log('warn', 'state not rewritten', { err: String(error) });
    }
    this.sizeWhenRewritten = this.size;
  }
}
