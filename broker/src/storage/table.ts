export type Json = string | number | boolean | Json[] | { [key: string]: Json | null };
/** Table, key, and the new value; null deletes the key. */
export type Change = [table: string, key: string, value: Json | null];

/** One table in the {@link StateStore}. Reads are served from memory; writes are on disk when they return. */
export class Table<V extends Json> {
  constructor(
    readonly name: string,
    private readonly values: ReadonlyMap<string, V>,
    private readonly commit: (changes: Change[]) => void,
  ) {}

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  get size(): number {
    return this.values.size;
  }

  entries(): [string, V][] {
    return [...this.values];
  }

  set(key: string, value: V): void {
    this.commit([[this.name, key, value]]);
  }

  /** Sets several values atomically. */
  setAll(entries: [string, V][]): void {
    this.commit(entries.map(([key, value]) => [this.name, key, value]));
  }

  delete(...keys: string[]): void {
    const existing = keys.filter((key) => this.values.has(key));
    this.commit(existing.map((key) => [this.name, key, null]));
  }
}
