import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Database } from '../database/database.js';
import { BrokenHistory } from './broken-history.js';
import { compareRows, type FieldDifference } from './compare-rows.js';
import { type Folded, foldOrProblem, NOTHING } from './fold.js';
import type { HistoryType } from './history-type.js';
import { eventsAfter } from './read-history.js';

/** An aggregate whose row is not what its events say. */
export interface Difference {
  readonly id: string;
  readonly problem: string;
  readonly fields: readonly FieldDifference[];
  /** Whether the row can be made of the events. */
  readonly repairable: boolean;
}

/** How often a row is read again that changes all the time; it is alive, and its next change is checked as it is made. */
const ATTEMPTS = 10;

/** Compares the rows of a kind of aggregate with its events, one by one, while others change them. */
export class AggregateCheck {
  constructor(
    private readonly database: Database,
    private readonly history: HistoryType,
  ) {}

  /**
   * Compares one row. An event is committed together with its row, so whatever was read between two equal versions of the row is
   * the history of that version.
   */
  async differenceOf(id: string): Promise<Difference | undefined> {
    const { read } = this.database;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await this.rowOf(read, id);
      const folded = await this.fold(read, id);
      const row = await this.rowOf(read, id);
      if (before?.['version'] === row?.['version']) return this.compare(id, row, folded);
    }
    return undefined;
  }

  /** What of the row is not what the events say; `folded` is the reason why there is nothing to compare, if so. */
  compare(
    id: string,
    row: ObjectLiteral | undefined,
    folded: Folded<object> | BrokenHistory,
  ): Difference | undefined {
    const broken = (problem: string) => ({ id, problem, fields: [], repairable: false });
    if (folded instanceof BrokenHistory) return broken(folded.message);
    if (!folded.state) return row && isRecorded(row) ? broken('it has no events') : undefined;
    const expected = this.history.toRow(folded.state, { id, version: folded.version });
    if (!row) return { ...broken('it has events, but no row'), repairable: true };
    const fields = compareRows(this.database.store.writer, this.history, [row, expected]);
    if (fields.length === 0) return undefined;
    return { ...broken('its row is not what its events say'), fields, repairable: true };
  }

  /** Makes the row of an aggregate what its events say; false if that cannot be done, or if it was changed meanwhile. */
  repair(id: string): Promise<boolean> {
    const { row: target, key } = this.history;
    return this.database.transaction(async (tx) => {
      const row = await this.rowOf(tx, id);
      const folded = await this.fold(tx, id);
      if (folded instanceof BrokenHistory || !folded.state) return false;
      const expected = this.history.toRow(folded.state, { id, version: folded.version });
      if (!row) return tx.insert(target, expected).then(() => true);
      const { affected } = await tx.update(
        target,
        { [key]: id, version: row['version'] as number },
        expected,
      );
      return affected === 1;
    });
  }

  private async rowOf(manager: EntityManager, id: string): Promise<ObjectLiteral | undefined> {
    return (await manager.findOneBy(this.history.row, { [this.history.key]: id })) ?? undefined;
  }

  /** From the first event on: snapshots may be as wrong as rows. */
  private async fold(manager: EntityManager, id: string): Promise<Folded<object> | BrokenHistory> {
    let folded: Folded<object> | BrokenHistory = NOTHING;
    for await (const event of eventsAfter(manager, this.history, { id, version: 0 }))
      folded = foldOrProblem(this.history, folded, event);
    return folded;
  }
}

/** A row of version 0 was saved before the aggregate had a history. */
export const isRecorded = (row: ObjectLiteral): boolean => row['version'] !== 0;
