import type { Database } from '../../database/database.js';
import { deleteOutboxRows, type OutboxRow } from './outbox-table.js';

/** How long published rows may stay in the database, in milliseconds. */
export const DELETE_AFTER_MS = 200;

/** With this many, they are deleted at once. */
const MAX_ROWS = 200;

/**
 * The rows that Kafka has, and that the database still has: many are deleted in one transaction, which costs about as much as
 * deleting one. After a crash they are published again, as those whose deletion was interrupted.
 */
export class PublishedRows {
  private readonly set = new Set<string>();
  private oldestAt = 0;

  get ids(): readonly string[] {
    return [...this.set];
  }

  get size(): number {
    return this.set.size;
  }

  add(rows: readonly OutboxRow[]): void {
    if (this.set.size === 0) this.oldestAt = Date.now();
    for (const { id } of rows) this.set.add(id);
  }

  /** Those of `rows` that are yet to be published. */
  without<Row extends Pick<OutboxRow, 'id'>>(rows: readonly Row[]): Row[] {
    return rows.filter(({ id }) => !this.set.has(id));
  }

  get isDue(): boolean {
    if (this.set.size === 0) return false;
    return this.set.size >= MAX_ROWS || Date.now() - this.oldestAt >= DELETE_AFTER_MS;
  }

  async deleteFrom(database: Database): Promise<void> {
    if (this.set.size === 0) return;
    await deleteOutboxRows(database, this.ids);
    this.set.clear();
  }
}
