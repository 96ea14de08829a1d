import { crc32c } from '../records/crc32c.js';
import type { Disk } from './disk.js';
import { replaceFile } from './replace-file.js';
import { onDisk } from './storage-error.js';
import { Table, type Change, type Json } from './table.js';

/** The file is compacted when it is larger than this and most of its values are outdated. */
const MIN_COMPACTION_BYTES = 1 << 20;

const lineOf = (changes: Change[]): string => {
  const json = JSON.stringify(changes);
  return `${checksum(json)} ${json}\n`;
};
const checksum = (json: string): string => crc32c(Buffer.from(json)).toString(16).padStart(8, '0');

const changesOf = (line: string): Change[] | undefined =>
  line.slice(0, 8) === checksum(line.slice(9)) ? (JSON.parse(line.slice(9)) as Change[]) : undefined;

/**
 * All state of the broker except the records: key-value tables in one append-only file of checksummed lines. A line is
 * one atomic set of changes.
 */
export class StateStore {
  private readonly values = new Map<string, Map<string, Json>>();
  private size = 0;
  private sizeWhenCompacted = 0;

  constructor(
    private readonly path: string,
    private readonly disk: Disk,
  ) {
    this.recover();
  }

  table<V extends Json>(name: string): Table<V> {
    return new Table<V>(name, this.tableOf(name) as Map<string, V>, (changes) => this.commit(changes));
  }

  /** Writes the changes before it applies them: a change that cannot be written has no effect. */
  commit(changes: Change[]): void {
    if (changes.length === 0) return;
    const line = Buffer.from(lineOf(changes));
    this.disk.files.write(this.path, line, this.size);
    if (this.disk.fsync) this.disk.files.sync(this.path);
    this.size += line.length;
    this.apply(changes);
    this.disk.flusher.wrote(this.path);
    if (this.size > Math.max(MIN_COMPACTION_BYTES, 4 * this.sizeWhenCompacted)) this.compact();
  }

  private recover(): void {
    const stored = this.disk.files.size(this.path);
    const text = onDisk(this.path, () => this.disk.fs.readFileSync(this.path));
    const end = text.lastIndexOf('\n') + 1;
    const lines = text.toString('utf8', 0, end).split('\n').slice(0, -1);
    const changes = lines.map(changesOf);
    for (const each of changes) this.apply(each ?? []);
    if (end < stored) this.disk.files.truncate(this.path, end);
    this.report('torn tail truncated', { bytes: stored - end });
    this.report('damaged lines skipped', { lines: changes.filter((each) => !each).length });
    this.size = end;
  }

  private report(problem: string, count: Record<string, number>): void {
    if (Object.values(count).some((found) => found > 0))
      this.disk.log('warn', problem, { path: this.path, ...count });
  }

  private apply(changes: Change[]): void {
    for (const [table, key, value] of changes)
      if (value === null) this.tableOf(table).delete(key);
      else this.tableOf(table).set(key, value);
  }

  private tableOf(name: string): Map<string, Json> {
    const existing = this.values.get(name);
    if (existing) return existing;
    const created = new Map<string, Json>();
    this.values.set(name, created);
    return created;
  }

  /** The new file replaces the old one only when it is complete and flushed. */
  private compact(): void {
    const lines = [...this.values].flatMap(([table, values]) =>
      [...values].map(([key, value]) => lineOf([[table, key, value]])),
    );
    try {
      replaceFile(this.disk.fs, {
        path: this.path,
        content: lines.join(''),
        beforeSwap: () => this.disk.files.close(this.path),
      });
      this.size = this.disk.files.size(this.path);
    } catch (error) {
      this.disk.log('warn', 'state not compacted', { err: String(error) });
    }
    this.sizeWhenCompacted = this.size;
  }
}
