import { execa } from 'execa';
import { MsxError } from '../errors/msx-error.js';
import { ensureKeys } from '../keys/key-files.js';
import { serviceEnvironment } from '../system/service-environment.js';
import type { Service, System } from '../system/system.js';

type Verb = 'migrate' | 'status' | 'reset';

export interface DatabaseStatus {
  service: string;
  driver: string;
  applied: string[];
  pending: string[];
}

/** The migrations of a built service, as the service itself sees them. Throws as `runDatabaseVerb` does. */
export async function databaseStatus(system: System, service: Service): Promise<DatabaseStatus> {
  const output = await runDatabaseVerb(system, service, 'status');
  const status = records(output).findLast((record) => Array.isArray(record['pending']));
  if (!status) throw failed(service, 'status', 'it answered nothing');
  return status as unknown as DatabaseStatus;
}

/** Runs `node dist/main.js db …`. Throws DATABASE_UNREACHABLE, MIGRATION_FAILED, DATABASE_COMMAND_FAILED. */
export async function runDatabaseVerb(system: System, service: Service, verb: Verb): Promise<string> {
  if (system.auth) ensureKeys(system.root);
  const {
    stdout,
    stderr,
    failed: hasFailed,
    shortMessage,
  } = await execa(process.execPath, ['dist/main.js', 'db', verb, '--json'], {
    cwd: service.folder,
    env: serviceEnvironment(system, service, { given: process.env }),
    reject: false,
    stdin: 'ignore',
  });
  if (!hasFailed) return stdout;
  const fatal = records(stdout + '\n' + stderr).findLast(({ level }) => level === 'fatal');
  const reason =
    text(fatal?.['msg']) ?? (stderr.trim().split('\n').at(-1) || (shortMessage ?? 'no reason given'));
  const code = fatal?.['code'];
  if (code === 'DATABASE_UNREACHABLE' || code === 'MIGRATION_FAILED')
    throw new MsxError(code, { service: service.name, reason });
  throw failed(service, verb, reason);
}

const failed = (service: Service, command: Verb, reason: string) =>
  new MsxError('DATABASE_COMMAND_FAILED', { service: service.name, command, reason });

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The lines of an output that are JSON objects. */
function records(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Record<string, unknown>];
      } catch {
        return [];
      }
    });
}
