import { MsxError } from '../../terminal/errors/msx-error.js';
import { records } from '../../running/programs/run-program.js';
import type { Service, System } from '../../model/system/system.js';
import { runDatabaseVerb } from './service-database.js';

export interface HistoryEvent {
  version: number;
  type: string;
  schemaVersion: number;
  data: Record<string, unknown>;
  at: string;
  actor: string | null;
  traceId: string | null;
  causationId: string | null;
  correlationId: string | null;
  /** The aggregate after this event. */
  state: Record<string, unknown>;
}

export interface AggregateHistory {
  service: string;
  /** The entities of which the service has a history. */
  entities: string[];
  /** Missing if this entity is not among them. */
  events?: HistoryEvent[];
  /** Why the events after these cannot be read. */
  problem?: string;
}

export interface Difference {
  id: string;
  problem: string;
  fields: { field: string; row: unknown; history: unknown }[];
  repairable: boolean;
}

export interface ReplayReport {
  entity: string;
  rows: number;
  events: number;
  unrecorded: number;
  differing: number;
  differences: Difference[];
}

export interface ServiceReplay {
  service: string;
  histories: ReplayReport[];
  repaired: { entity: string; id: string }[];
}

/** Rows to be made what their events say. */
export interface Repair {
  entity: string;
  ids: string[];
}

/** The history of an aggregate, as its service reads it. Throws UNKNOWN_HISTORY, NO_EVENTS, and as `runDatabaseVerb` does. */
export async function aggregateHistory(
  { system, services }: { system: System; services: Service[] },
  entity: string,
  id: string,
): Promise<AggregateHistory & { events: HistoryEvent[] }> {
  const own = services.filter(({ name }) => name === `${entity.replaceAll('_', '-')}-service`);
  const asked = own.length > 0 ? own : services;
  const answers = await Promise.all(
    asked.map((service) => answerOf<AggregateHistory>(system, service, ['history', entity, id])),
  );
  const found = answers.find(({ events }) => events);
  const known = answers.flatMap(({ entities }) => entities);
  if (!found) throw new MsxError('UNKNOWN_HISTORY', { entity, known });
  const { service, events = [], problem } = found;
  if (events.length === 0 && !problem) throw new MsxError('NO_EVENTS', { entity, id, service });
  return { ...found, events };
}

/** Repairs rows, if any are given, and compares all rows of a service with their events. Throws as `runDatabaseVerb` does. */
export function replayRows(
  system: System,
  service: Service,
  repairs: readonly Repair[] = [],
): Promise<ServiceReplay> {
  const more = repairs.length > 0 ? [`--repair=${JSON.stringify(repairs)}`] : [];
  return answerOf<ServiceReplay>(system, service, ['replay', ...more]);
}

async function answerOf<T>(
  system: System,
  service: Service,
  verb: ['history' | 'replay', ...string[]],
): Promise<T> {
  const answer = records(await runDatabaseVerb(system, service, verb)).findLast((one) => 'entities' in one);
  if (answer) return answer as T;
  const [command] = verb;
  throw new MsxError('DATABASE_COMMAND_FAILED', {
    service: service.name,
    command,
    reason: 'it printed no report',
  });
}

/** The rows among those that differ which can be made what their events say. */
export function repairsOf({ histories }: ServiceReplay): Repair[] {
  return histories
    .map(({ entity, differences }) => ({
      entity,
      ids: differences.filter(({ repairable }) => repairable).map(({ id }) => id),
    }))
    .filter(({ ids }) => ids.length > 0);
}
