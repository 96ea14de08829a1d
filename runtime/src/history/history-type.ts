import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** One change of an aggregate, such as an order. Its data must survive JSON. */
export interface HistoryChange {
  readonly type: string;
  readonly data: object;
}

/** A change that was recorded: the version that the aggregate has since, and the time. */
export type Recorded<C extends HistoryChange> = C & { readonly version: number; readonly at: Date };

export type StoredData = Readonly<Record<string, unknown>>;

/** Turns the stored data of one version of an event into that of the next version. */
export type Upcaster = (data: StoredData) => StoredData;

/** Which aggregate it is, and the number of its last event. */
export interface AggregateVersion {
  readonly id: string;
  readonly version: number;
}

/**
 * The history of a kind of aggregate: what its events mean, and how the row in the table of its entity follows from them. `S` is its
 * state, which must survive JSON.
 */
export interface HistoryType<
  S extends object = object,
  C extends HistoryChange = HistoryChange,
  R extends ObjectLiteral = ObjectLiteral,
> {
  /** The name of the aggregate, `order`: its events are in the table `order_events`. */
  readonly entity: string;
  /** The entity whose rows are projections; its property `version` is the number of the last event. */
  readonly row: EntityTarget<R>;
  /** The property of the row that has the id of the aggregate. */
  readonly key: keyof R & string;
  /**
   * All types of events, each with the upcasters from its oldest version on. Events are written in the version after the last
   * upcaster.
   */
  readonly events: Readonly<Record<string, readonly Upcaster[]>>;
  /** How many events are folded at most to find a state; after as many, a snapshot is written (default: 100). */
  readonly snapshotEvery?: number;
  /** Increased whenever `S` changes, so that older snapshots are left out (default: 1). */
  readonly stateFormat?: number;
  /** The state after an event; `state` is undefined before the first one. A pure function. */
  apply(state: S | undefined, event: Recorded<C>): S;
  /** The row of a state. A pure function. */
  toRow(state: S, aggregate: AggregateVersion): R;
}

/** A part of the names of tables, which are not quoted. */
const ENTITY = /^[a-z][a-z0-9_]{0,40}$/;

/** Defines the history of an aggregate. @throws Error if `entity` cannot be a part of the name of a table */
export function defineHistory<S extends object, C extends HistoryChange, R extends ObjectLiteral>(
  type: HistoryType<S, C, R> & { readonly events: Readonly<Record<C['type'], readonly Upcaster[]>> },
): HistoryType<S, C, R> {
  if (!ENTITY.test(type.entity))
    throw new Error(`${JSON.stringify(type.entity)} must be lower case, such as order_item`);
  return type;
}
