import type { Table } from '../storage/table.js';

const BLOCK_SIZE = 1000;
const KEY = 'next';

/** Allocates unique producer ids, which are reserved on disk a block at a time. */
export class ProducerIds {
  private reserved: number;
  /** The id that {@link allocate} returns next. */
  next: number;

  constructor(private readonly table: Table<number>) {
    this.next = this.reserved = table.get(KEY) ?? 0;
  }

  allocate(): number {
    if (this.next === this.reserved) {
      this.table.set(KEY, this.reserved + BLOCK_SIZE);
      this.reserved += BLOCK_SIZE;
    }
    return this.next++;
  }
}
