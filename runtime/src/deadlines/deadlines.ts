import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { DeadlineTable } from './deadline-table.js';
import type { DeadlineType, LookAgain } from './deadline-type.js';

export interface NewDeadline<T> extends LookAgain<T> {
  /** What it is about, such as the id of an order: setting it again replaces the deadline. */
  readonly key: string;
}

/**
 * The deadlines of a service: what has to be looked at if it is not done in time. They are in its own database, set and cleared
 * in the transaction of the change that they belong to, and outlive every process.
 */
export class Deadlines {
  private readonly table: DeadlineTable;
  private onAdded: (after: number) => void = () => undefined;

  constructor(private readonly database: Database) {
    this.table = new DeadlineTable(database);
  }

  /** Has a `@OnDeadline` handler look at it in `after` milliseconds, unless it is cleared before. */
  async set<T>(tx: EntityManager, { kind }: DeadlineType<T>, deadline: NewDeadline<T>): Promise<void> {
    this.database.afterCommit(tx, () => this.onAdded(deadline.after));
    await this.table.set(tx, { kind, key: deadline.key }, deadline);
  }

  /** It is done: nobody looks at it any more. */
  async clear(tx: EntityManager, { kind }: DeadlineType<unknown>, key: string): Promise<void> {
    await this.table.clear(tx, { kind, key });
  }

  onCommitted(onAdded: (after: number) => void): void {
    this.onAdded = onAdded;
  }
}
