export type Json = string | number | boolean | Json[] | { [key: string]: Json | null };
/** Table, key, and the new value; null takes the key away. */
export type Change = [table: string, key: string, value: Json | null];

/** One kind of thing in the {@link StateStore}. Reads are from memory, writes are on disk when they return. */
export class Table<V extends Json> {
  constructor(
    readonly name: string,
    private readonly values: ReadonlyMap<string, V>,
    private readonly commit: (changes: Change[]) => void,
  ) {}

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  entries(): [string, V][] {
    return [...this.values];
  }

  set(key: string, value: V): void {
    this.commit([[this.name, key, value]]);
  }

  /** Several at once, all or none. */
  setAll(entries: [string, V][]): void {
    this.commit(entries.map(([key, value]) => [this.name, key, value]));
  }

  delete(...keys: string[]): void {
    const there = keys.filter((key) => this.values.has(key));
    this.commit(there.map((key) => [this.name, key, null]));
  }
}
