import { MsxError } from '../../terminal/errors/msx-error.js';
import { records, runProgram } from '../../running/programs/run-program.js';
import { serviceEnvironment } from '../../model/system/service-environment.js';
import type { Service, System } from '../../model/system/system.js';
import type { SchemaChange } from './schema-change.js';

type Verb = 'migrate' | 'rollback' | 'status' | 'reset' | 'diff' | 'seed' | 'history' | 'replay';

export interface DatabaseStatus {
  service: string;
  driver: string;
  applied: string[];
  pending: string[];
  /** Those that can be rolled back, the newest first; a service with an older runtime cannot roll back. */
  revertible?: string[];
}

/** The migrations of a built service, as reported by the service. Throws as `runDatabaseVerb` does. */
export async function databaseStatus(system: System, service: Service): Promise<DatabaseStatus> {
  const output = await runDatabaseVerb(system, service, ['status']);
  const status = records(output).findLast((record) => Array.isArray(record['pending']));
  if (!status) throw failed(service, 'status', 'it printed no status');
  return status as unknown as DatabaseStatus;
}

/** What the entities of a service would change. */
export interface DatabaseDifference {
  service: string;
  /** The classes of its migrations. */
  migrations: string[];
  changes: SchemaChange[];
  /** What a person has to decide. */
  notes: string[];
}

/** What a seed of a service created, and what was in the database before. */
export interface SeedReport {
  file: string;
  created: string[];
  existing: string[];
}

/** Runs the seeds of a built service. Throws SEED_FAILED, and as `runDatabaseVerb` does. */
export async function seedDatabase(system: System, service: Service): Promise<SeedReport[]> {
  const output = await runDatabaseVerb(system, service, ['seed']);
  const report = records(output).findLast((record) => Array.isArray(record['seeds']));
  if (!report) throw failed(service, 'seed', 'it printed no report');
  return report['seeds'] as SeedReport[];
}

/** Compares the entities of a built service with its migrations. Throws as `runDatabaseVerb` does. */
export async function databaseDifference(
  system: System,
  service: Service,
  renames: readonly string[],
): Promise<DatabaseDifference> {
  const flags = renames.map((rename) => `--rename=${rename}`);
  const output = await runDatabaseVerb(system, service, ['diff', ...flags]);
  const difference = records(output).findLast((record) => Array.isArray(record['changes']));
  if (!difference) throw failed(service, 'diff', 'it printed no difference');
  return difference as unknown as DatabaseDifference;
}

/** Runs `node dist/main.js db …`. Throws DATABASE_UNREACHABLE, MIGRATION_FAILED, DATABASE_COMMAND_FAILED. */
export async function runDatabaseVerb(
  system: System,
  service: Service,
  [verb, ...more]: [Verb, ...string[]],
): Promise<string> {
  const env = serviceEnvironment(system, service, { overrides: process.env });
  const args = ['db', verb, ...more, '--json'];
  const { ok, stdout, reason, code } = await runProgram({ system, service }, args, { env });
  if (ok) return stdout;
  if (code === 'DATABASE_UNREACHABLE' || code === 'MIGRATION_FAILED' || code === 'SEED_FAILED')
    throw new MsxError(code, { service: service.name, reason });
  throw failed(service, verb, reason);
}

const failed = (service: Service, command: Verb, reason: string) =>
  new MsxError('DATABASE_COMMAND_FAILED', { service: service.name, command, reason });
