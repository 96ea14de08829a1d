import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { fold, type Folded, NOTHING, schemaVersionOf } from './fold.js';
import { type EventRange, HistoryTable } from './history-table.js';
import type { AggregateVersion, Change, HistoryType, StoredData } from './history-type.js';
import { currentOrigin } from './origin.js';
import { eventsAfter, readState, snapshotsOf } from './read-history.js';
import type { StoredEvent } from './stored-event.js';
import { VersionConflict } from './version-conflict.js';

const DEFAULT_SNAPSHOT_EVERY = 100;
/** Versions are in a column of 32 bits. */
const MAX_VERSION = 2 ** 31 - 1;

/** A change of an aggregate, which makes it this version. */
export type NewEvent<C extends Change> = C & AggregateVersion & { readonly at: Date };

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
  async append<C extends Change>(
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

  /** Events of an aggregate, oldest first. */
  events({ entity }: HistoryType, range: EventRange): Promise<StoredEvent[]> {
    return new HistoryTable(entity).read(this.database.read, range);
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
