import type { QueryRunner } from 'typeorm';
import { eventsTable } from './history-table.js';
import { snapshotsTable } from './snapshot-table.js';

/** The names of the tables of an entity's history. */
export const historyTables = (entity: string): string[] => [eventsTable(entity), snapshotsTable(entity)];

/**
 * Creates the tables of the history of an entity, for its service's migration. TypeORM is loaded here, so that services without a
 * database do not load it.
 */
export async function createHistory(runner: QueryRunner, entity: string): Promise<void> {
  const { Table } = await import('typeorm');
  const aggregate = [
    { name: 'aggregate_id', type: 'varchar', length: '64', isPrimary: true },
    { name: 'version', type: 'integer', isPrimary: true },
  ];
  const events = [
    { name: 'type', type: 'varchar', length: '100' },
    { name: 'schema_version', type: 'integer' },
    { name: 'data', type: 'text' },
    { name: 'happened_at', type: 'bigint' },
    { name: 'actor', type: 'varchar', length: '255', isNullable: true },
    { name: 'trace_id', type: 'varchar', length: '32', isNullable: true },
    { name: 'causation_id', type: 'varchar', length: '255', isNullable: true },
    { name: 'correlation_id', type: 'varchar', length: '255', isNullable: true },
  ];
  const snapshots = [
    { name: 'format', type: 'integer' },
    { name: 'state', type: 'text' },
  ];
  const columns = [events, snapshots].map((own) => [...aggregate, ...own]);
  for (const [n, name] of historyTables(entity).entries())
    await runner.createTable(new Table({ name, columns: columns[n]! }));
}

export async function dropHistory(runner: QueryRunner, entity: string): Promise<void> {
  for (const name of historyTables(entity)) await runner.dropTable(name);
}
