import type { Table } from '../storage/table.js';

const BLOCK = 1000;
const KEY = 'next';

/** Hands out producer ids that no producer ever had before, reserving them on disk a block at a time. */
export class ProducerIds {
  private next: number;
  private reserved: number;

  constructor(private readonly table: Table<number>) {
    this.next = this.reserved = table.get(KEY) ?? 0;
  }

  allocate(): number {
    if (this.next === this.reserved) {
      this.table.set(KEY, this.reserved + BLOCK);
      this.reserved += BLOCK;
    }
    return this.next++;
  }
}
