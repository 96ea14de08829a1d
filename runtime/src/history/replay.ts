import { MoreThan, type ObjectLiteral } from 'typeorm';
import type { Database } from '../database/database.js';
import { AggregateCheck, type Difference, isRecorded } from './aggregate-check.js';
import type { BrokenHistory } from './broken-history.js';
import { type Folded, foldOrProblem, NOTHING } from './fold.js';
import { HistoryTable } from './history-table.js';
import type { AggregateVersion, HistoryType } from './history-type.js';

/** What became of rebuilding all rows of an entity. */
export interface ReplayReport {
  readonly entity: string;
  readonly rows: number;
  readonly events: number;
  /** Rows of a version of the service that recorded nothing: there is nothing to compare them with. */
  readonly unrecorded: number;
  readonly differing: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
}

/** How many rows, and how many events, are read at once: what is in memory. */
const ROWS = 500;
const EVENTS = 2_000;
/** How many differences are described. */
const MAX_DIFFERENCES = 1_000;

/**
 * Rebuilds every row of an entity from its events, in parts, and compares. It only reads, and takes no locks: an aggregate that differs
 * is looked at again on its own, because it may have changed between the reads.
 */
export class Replay {
  private readonly check: AggregateCheck;
  private readonly table: HistoryTable;
  private readonly differences: Difference[] = [];
  private readonly counts = { rows: 0, events: 0, unrecorded: 0, differing: 0 };

  private constructor(
    private readonly database: Database,
    private readonly history: HistoryType,
  ) {
    this.check = new AggregateCheck(database, history);
    this.table = new HistoryTable(history.entity);
  }

  static async run(database: Database, history: HistoryType): Promise<ReplayReport> {
    const replay = new Replay(database, history);
    await replay.compareRows();
    await replay.findLostRows();
    return { entity: history.entity, ...replay.counts, differences: replay.differences };
  }

  private async compareRows(): Promise<void> {
    const { row: target, key } = this.history;
    for (let last = ''; ;) {
      const where = { [key]: MoreThan(last) };
      const rows = await this.database.read.find(target, { where, order: { [key]: 'ASC' }, take: ROWS });
      await this.compareBatch(rows);
      if (rows.length < ROWS) return;
      last = String(rows.at(-1)![key]);
    }
  }

  private async compareBatch(rows: readonly ObjectLiteral[]): Promise<void> {
    const recorded = rows.filter(isRecorded);
    this.counts.rows += rows.length;
    this.counts.unrecorded += rows.length - recorded.length;
    const ids = recorded.map((row) => String(row[this.history.key]));
    const states = await this.fold(ids);
    for (const [n, row] of recorded.entries())
      if (this.check.compare(ids[n]!, row, states.get(ids[n]!) ?? NOTHING)) await this.suspect(ids[n]!);
  }

  /** The aggregates after their last events; an error for a history that cannot be read. */
  private async fold(ids: readonly string[]): Promise<Map<string, Folded<object> | BrokenHistory>> {
    const states = new Map<string, Folded<object> | BrokenHistory>();
    let after: AggregateVersion = { id: '', version: 0 };
    for (let more = ids.length > 0; more;) {
      const events = await this.table.readMany(this.database, ids, { after, limit: EVENTS });
      for (const event of events)
        states.set(event.id, foldOrProblem(this.history, states.get(event.id) ?? NOTHING, event));
      this.counts.events += events.length;
      more = events.length === EVENTS;
      after = events.at(-1) ?? after;
    }
    return states;
  }

  private async findLostRows(): Promise<void> {
    const { tableName, columns } = this.database.store.writer.getMetadata(this.history.row);
    const column = columns.find(({ propertyName }) => propertyName === this.history.key)!.databaseName;
    for (const id of await this.table.idsWithoutRow(this.database, tableName, column)) await this.suspect(id);
  }

  private async suspect(id: string): Promise<void> {
    const difference = await this.check.differenceOf(id);
    if (!difference) return;
    this.counts.differing++;
    if (this.differences.length < MAX_DIFFERENCES) this.differences.push(difference);
  }
}
