import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import type { AggregateVersion } from './history-type.js';
import type { StoredEvent } from './stored-event.js';

interface RawEvent {
  readonly aggregate_id: string;
  readonly version: number;
  readonly type: string;
  readonly schema_version: number;
  readonly data: string;
  readonly happened_at: number | string;
  readonly actor: string | null;
  readonly trace_id: string | null;
  readonly causation_id: string | null;
  readonly correlation_id: string | null;
}

/** Which events of one aggregate: those after a version, oldest first. */
export interface EventRange {
  readonly id: string;
  readonly after: number;
  readonly limit: number;
}

const COLUMNS = (): string =>
  'aggregate_id, version, type, schema_version, data, happened_at, actor, trace_id, causation_id, correlation_id';

export const eventsTable = (entity: string): string => `${entity}_events`;

/** The table of the events of one kind of aggregate. */
export class HistoryTable {
  private readonly events: () => string;

  constructor(entity: string) {
    this.events = () => eventsTable(entity);
  }

  /** Adds an event; false if there is one with its version, or none with the version before it. */
  async insert(tx: EntityManager, event: StoredEvent): Promise<boolean> {
    const { id, version, type, schemaVersion, at, actor, traceId, causationId } = event;
    const data = JSON.stringify(event.data);
    const inserted =
      version === 1
        ? await tx.sql`INSERT INTO ${this.events} (${COLUMNS}) VALUES (${id}, 1, ${type}, ${schemaVersion}, ${data},
            ${at.getTime()}, ${actor}, ${traceId}, ${causationId}, ${event.correlationId})
          ON CONFLICT DO NOTHING RETURNING version`
        : await tx.sql`INSERT INTO ${this.events} (${COLUMNS})
          SELECT aggregate_id, version + 1, CAST(${type} AS varchar(100)), CAST(${schemaVersion} AS integer),
            CAST(${data} AS text), CAST(${at.getTime()} AS bigint), CAST(${actor} AS varchar(255)),
            CAST(${traceId} AS varchar(32)), CAST(${causationId} AS varchar(255)), correlation_id
          FROM ${this.events} WHERE aggregate_id = ${id} AND version = ${version - 1}
          ON CONFLICT DO NOTHING RETURNING version`;
    return (inserted as unknown[]).length > 0;
  }

  async read(manager: EntityManager, { id, after, limit }: EventRange): Promise<StoredEvent[]> {
    const rows = await manager.sql`SELECT ${COLUMNS} FROM ${this.events}
      WHERE aggregate_id = ${id} AND version > ${after} ORDER BY version LIMIT ${limit}`;
    return (rows as RawEvent[]).map(toEvent);
  }

  /** The last version up to a time; 0 if there was none. */
  async versionAt(manager: EntityManager, id: string, time: Date): Promise<number> {
    const [row] = (await manager.sql`SELECT MAX(version) AS version FROM ${this.events}
      WHERE aggregate_id = ${id} AND happened_at <= ${time.getTime()}`) as { version: number | null }[];
    return row?.version ?? 0;
  }

  /** The events of several aggregates, by aggregate and version, after a place in that order. */
  async readMany(
    { read, driver }: Database,
    ids: readonly string[],
    { after, limit }: { after: AggregateVersion; limit: number },
  ): Promise<StoredEvent[]> {
    const list = JSON.stringify(ids);
    const rows =
      driver === 'sqlite'
        ? await read.sql`SELECT ${COLUMNS} FROM ${this.events}
            WHERE aggregate_id IN (SELECT value FROM json_each(${list}))
              AND (aggregate_id, version) > (${after.id}, ${after.version})
            ORDER BY aggregate_id, version LIMIT ${limit}`
        : await read.sql`SELECT ${COLUMNS} FROM ${this.events}
            WHERE aggregate_id IN (SELECT jsonb_array_elements_text(CAST(${list} AS jsonb)))
              AND (aggregate_id, version) > (${after.id}, ${after.version})
            ORDER BY aggregate_id, version LIMIT ${limit}`;
    return (rows as RawEvent[]).map(toEvent);
  }

  /** The ids of aggregates that have events, but no row in a table. */
  async idsWithoutRow({ read }: Database, table: string, column: string): Promise<string[]> {
    const [rows, key] = [() => table, () => column];
    const lost = (await read.sql`SELECT aggregate_id FROM ${this.events} WHERE version = 1
      AND NOT EXISTS (SELECT 1 FROM ${rows} WHERE ${key} = aggregate_id) ORDER BY aggregate_id`) as {
      aggregate_id: string;
    }[];
    return lost.map(({ aggregate_id }) => aggregate_id);
  }
}

function toEvent(row: RawEvent): StoredEvent {
  return {
    id: row.aggregate_id,
    version: row.version,
    type: row.type,
    schemaVersion: row.schema_version,
    data: JSON.parse(row.data) as StoredEvent['data'],
    at: new Date(Number(row.happened_at)),
    actor: row.actor,
    traceId: row.trace_id,
    causationId: row.causation_id,
    correlationId: row.correlation_id,
  };
}
