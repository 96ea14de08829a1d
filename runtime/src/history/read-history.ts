import type { EntityManager } from 'typeorm';
import { fold, type Folded } from './fold.js';
import { HistoryTable } from './history-table.js';
import type { AggregateVersion, HistoryType } from './history-type.js';
import { SnapshotTable } from './snapshot-table.js';
import type { StoredEvent } from './stored-event.js';

/** How many events are read at once. */
const READ_SIZE = 500;

export const snapshotsOf = ({ entity, stateFormat = 1 }: HistoryType): SnapshotTable =>
  new SnapshotTable(entity, stateFormat);

/** The events of an aggregate after a version, read in parts. */
export async function* eventsAfter(
  manager: EntityManager,
  { entity }: HistoryType,
  { id, version }: AggregateVersion,
): AsyncGenerator<StoredEvent> {
  const table = new HistoryTable(entity);
  for (let after = version; ;) {
    const events = await table.read(manager, { id, after, limit: READ_SIZE });
    yield* events;
    if (events.length < READ_SIZE) return;
    after = events.at(-1)!.version;
  }
}

/** An aggregate after its event `version`, or after its last one if it has fewer; from the newest snapshot on. @throws BrokenHistory */
export async function readState<S extends object>(
  manager: EntityManager,
  history: HistoryType<S>,
  { id, version }: AggregateVersion,
): Promise<Folded<S>> {
  let folded = await snapshotsOf(history).latest<S>(manager, id, version);
  if (folded.version === version) return folded;
  for await (const event of eventsAfter(manager, history, { id, version: folded.version })) {
    folded = fold(history, folded, event);
    if (folded.version === version) break;
  }
  return folded;
}
