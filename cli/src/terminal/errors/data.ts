import { FAILED, WRONG_INPUT, available, entry, lines } from './entry.js';

/** Errors of databases, keys and accounts. */
export const data = {
  SERVICE_RUNNING: entry(
    FAILED,
    (f: { service: string; doing: string }) =>
      `${f.service} is running: ${f.doing} would delete data that it is using`,
    'Stop it first with msx dev stop.',
  ),
  DATABASE_UNREACHABLE: entry(
    FAILED,
    (f: { service: string; reason: string }) => `${f.service} cannot reach its database: ${f.reason}`,
    'Check that the database runs and that DATABASE_URL names it.',
  ),
  MIGRATION_FAILED: entry(
    FAILED,
    (f: { service: string; reason: string }) => `a migration of ${f.service} failed: ${f.reason}`,
    'The failed migration was rolled back. Fix it, then run msx db migrate.',
  ),
  SEED_FAILED: entry(
    FAILED,
    (f: { service: string; reason: string }) => `a seed of ${f.service} failed: ${f.reason}`,
    'Fix the entry, and run msx db seed again: what was created before it stays.',
  ),
  DATABASE_COMMAND_FAILED: entry(
    FAILED,
    (f: { service: string; command: string; reason: string }) =>
      `db ${f.command} of ${f.service} failed: ${f.reason}`,
  ),
  MIGRATIONS_MISSING: entry(
    FAILED,
    ({ missing }: { missing: string[] }) => `no migration makes what the entities need:${lines(missing)}`,
    'Run msx db diff, and review the migrations that it writes.',
  ),
  MIGRATION_LOCKS: entry(
    FAILED,
    ({ texts }: { texts: string[]; locks: object[] }) =>
      `these statements of migrations would lock a large table:${lines(texts)}`,
    'Change them, or allow one with a comment above it: // lock allowed: REASON.',
  ),
  UNKNOWN_HISTORY: entry(
    WRONG_INPUT,
    ({ entity }: { entity: string; known: string[] }) => `no service has a history of "${entity}"`,
    ({ known }) => available(known),
  ),
  NO_EVENTS: entry(
    FAILED,
    (f: { entity: string; id: string; service: string }) =>
      `${f.service} has no events of ${f.entity} "${f.id}"`,
    'Check the id; a row of a version of the service that recorded nothing gets its events with its next change.',
  ),
  NO_KEYS: entry(
    FAILED,
    ({ file }: { file: string }) => `no keys in ${file}`,
    'Run msx keys generate, or msx dev start, which creates them.',
  ),
  KEYS_EXIST: entry(
    WRONG_INPUT,
    ({ file }: { file: string }) => `${file} already contains keys`,
    'Run msx keys rotate to add a new key. --force replaces all keys, and everyone has to sign in again.',
  ),
  KEYS_UNREADABLE: entry(
    FAILED,
    ({ file, reason }: { file: string; reason: string }) => `${file} is not a valid key file: ${reason}`,
    'Restore the file, or run msx keys generate --force: everyone then has to sign in again.',
  ),
  NO_ISSUER: entry(
    WRONG_INPUT,
    (_: Record<string, never>) => 'msx.yaml does not say where users sign in',
    'Add auth: { issuer: <service> } to msx.yaml.',
  ),
  EMAIL_TAKEN: entry(
    FAILED,
    ({ email }: { email: string }) => `${email} already has an account, which anyone could have created`,
    'Use another address, or take the account over with --promote: it gets this name and password, and its sessions end.',
  ),
  ADMIN_NOT_CREATED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `no admin was created: ${reason}`,
    'Fix the cause, then run the command again; nothing was changed.',
  ),
};
