import { BrokenHistory } from './broken-history.js';
import type { HistoryType } from './history-type.js';
import type { StoredEvent } from './stored-event.js';

/** An aggregate up to one of its events; without any, the version is 0 and there is no state. */
export interface Folded<S> {
  readonly version: number;
  readonly state: S | undefined;
}

export const NOTHING: Folded<never> = { version: 0, state: undefined };

/** The version in which events of a type are written. */
export const schemaVersionOf = ({ events }: HistoryType, type: string): number => events[type]!.length + 1;

/** The aggregate after the next event. @throws BrokenHistory */
export function fold<S extends object>(
  history: HistoryType<S>,
  before: Folded<S>,
  event: StoredEvent,
): Folded<S> {
  const { id, version, type, at } = event;
  const expected = before.version + 1;
  if (version !== expected) throw new BrokenHistory(history.entity, id, `event ${expected} is missing`);
  const { data } = upcast(history, event);
  try {
    return { version, state: history.apply(before.state, { type, data, version, at }) };
  } catch (error) {
    throw new BrokenHistory(history.entity, id, `event ${version} cannot be applied: ${String(error)}`);
  }
}

/** The same, or the reason why there is no aggregate after an event that cannot be applied or follows such a one. */
export function foldOrProblem<S extends object>(
  history: HistoryType<S>,
  before: Folded<S> | BrokenHistory,
  event: StoredEvent,
): Folded<S> | BrokenHistory {
  if (before instanceof BrokenHistory) return before;
  try {
    return fold(history, before, event);
  } catch (error) {
    if (error instanceof BrokenHistory) return error;
    throw error;
  }
}

/** An event with the data that its type has now. @throws BrokenHistory */
export function upcast({ entity, events }: HistoryType, event: StoredEvent): StoredEvent {
  const { id, version, type, schemaVersion, data } = event;
  const upcasters = Object.hasOwn(events, type) ? events[type] : undefined;
  const broken = (problem: string) => new BrokenHistory(entity, id, `event ${version} ${problem}`);
  if (!upcasters) throw broken(`has the unknown type ${JSON.stringify(type)}`);
  if (schemaVersion < 1 || schemaVersion > upcasters.length + 1)
    throw broken(`is ${type} in version ${schemaVersion}; this service knows 1 to ${upcasters.length + 1}`);
  const newest = upcasters.slice(schemaVersion - 1).reduce((older, next) => next(older), data);
  return { ...event, schemaVersion: upcasters.length + 1, data: newest };
}
