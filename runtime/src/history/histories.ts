import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { fold, type Folded, NOTHING, schemaVersionOf, upcast } from './fold.js';
import { HistoryTable } from './history-table.js';
import type { AggregateVersion, HistoryChange, HistoryType, StoredData } from './history-type.js';
import { limitOf, MAX_LIMIT } from '../validation/page.js';
import { Validation } from '../validation/validation.js';
import { currentOrigin } from './origin.js';
import { eventsAfter, readState, snapshotsOf } from './read-history.js';
import type { StoredEvent } from './stored-event.js';
import { VersionConflict } from './version-conflict.js';

const DEFAULT_SNAPSHOT_EVERY = 100;
/** Versions are in a column of 32 bits. */
const MAX_VERSION = 2 ** 31 - 1;

/** A change of an aggregate, which makes it this version. */
export type NewEvent<C extends HistoryChange> = C & AggregateVersion & { readonly at: Date };

/** The requested page of a history. */
export interface HistorySlice {
  /** The number of events, 1 to MAX_LIMIT; 0 (unset) means DEFAULT_LIMIT. */
  readonly first: number;
  /** The version of the event before the page; 0 for the first page. */
  readonly after: number;
}

export interface HistoryPage {
  readonly events: readonly StoredEvent[];
  readonly hasNextPage: boolean;
}

/** An event, and the state of its aggregate after it. */
export interface EventAndState<S> {
  readonly event: StoredEvent;
  readonly state: S;
}

/** The histories of a service's aggregates, in its own database. */
export class Histories {
  constructor(private readonly database: Database) {}

  /**
   * Records a change, in the transaction that makes it.
   * @throws VersionConflict if the version does not follow the last one; the transaction is then run again
   */
  async append<C extends HistoryChange>(
    tx: EntityManager,
    history: HistoryType<object, C>,
    { id, version, type, data, at }: NewEvent<C>,
  ): Promise<void> {
    const { entity, snapshotEvery = DEFAULT_SNAPSHOT_EVERY } = history;
    const schemaVersion = schemaVersionOf(history, type);
    const event = { id, version, type, schemaVersion, data: data as StoredData, at, ...currentOrigin() };
    if (!(await new HistoryTable(entity).insert(tx, event))) throw new VersionConflict(entity, id, version);
    if (version % snapshotEvery !== 0) return;
    await snapshotsOf(history).insert(tx, id, await readState(tx, history, { id, version }));
  }

  /**
   * A page of the events of an aggregate, oldest first, with the data that their types have now.
   * @throws DomainError VALIDATION_FAILED on `first` or `after`; BrokenHistory
   */
  async page(
    history: HistoryType,
    id: string,
    { first: requested, after }: HistorySlice,
  ): Promise<HistoryPage> {
    const first = limitOf(requested);
    new Validation()
      .integer(first, 'first', { min: 1, max: MAX_LIMIT })
      .integer(after, 'after', { min: 0, max: MAX_VERSION })
      .done();
    const range = { id, after, limit: first + 1 };
    const events = await new HistoryTable(history.entity).read(this.database.read, range);
    const page = events.slice(0, first).map((event) => upcast(history, event));
    return { events: page, hasNextPage: events.length > first };
  }

  /** An aggregate after one of its events, at a time, or (default) now; without state before its first event. @throws BrokenHistory */
  async stateAt<S extends object>(
    history: HistoryType<S>,
    id: string,
    moment: number | Date = MAX_VERSION,
  ): Promise<Folded<S>> {
    const { read } = this.database;
    const version =
      typeof moment === 'number'
        ? moment
        : await new HistoryTable(history.entity).versionAt(read, id, moment);
    return readState(read, history, { id, version });
  }

  /** All events of an aggregate, and the state after each. @throws BrokenHistory */
  async *states<S extends object>(history: HistoryType<S>, id: string): AsyncGenerator<EventAndState<S>> {
    let folded: Folded<S> = NOTHING;
    for await (const event of eventsAfter(this.database.read, history, { id, version: 0 })) {
      folded = fold(history, folded, event);
      yield { event, state: folded.state! };
    }
  }
}
