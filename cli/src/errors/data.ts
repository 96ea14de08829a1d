import { FAILED, WRONG_INPUT, entry } from './entry.js';

/** What can go wrong with databases, keys and accounts. */
export const data = {
  SERVICE_RUNNING: entry(
    FAILED,
    (f: { service: string; doing: string }) =>
      `${f.service} is running: ${f.doing} would pull its data away from under it`,
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
    'Nothing of the failed migration was kept. Mend it, then run msx db migrate.',
  ),
  DATABASE_COMMAND_FAILED: entry(
    FAILED,
    (f: { service: string; command: string; reason: string }) =>
      `db ${f.command} of ${f.service} failed: ${f.reason}`,
  ),
  NO_KEYS: entry(
    FAILED,
    ({ file }: { file: string }) => `no keys in ${file}`,
    'Run msx keys generate, or msx dev start, which makes them.',
  ),
  KEYS_EXIST: entry(
    WRONG_INPUT,
    ({ file }: { file: string }) => `there are keys in ${file} already`,
    'Run msx keys rotate; --force replaces them, and everyone has to sign in again.',
  ),
  KEYS_UNREADABLE: entry(
    FAILED,
    ({ file, reason }: { file: string; reason: string }) => `${file} cannot be read as keys: ${reason}`,
    'Bring the file back, or run msx keys generate --force: everyone then has to sign in again.',
  ),
  NO_ISSUER: entry(
    WRONG_INPUT,
    (_: Record<string, never>) => 'msx.yaml does not say where users sign in',
    'Add auth: { issuer: <service> } to msx.yaml.',
  ),
  ADMIN_NOT_CREATED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `no admin was made: ${reason}`,
    'Correct what is named and run the command again; nothing was changed.',
  ),
};
