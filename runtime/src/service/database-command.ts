import { migrationsOf, openConfigured } from '../database/database.module.js';
import { Migrator } from '../database/migrator.js';
import type { MigrationStatus } from '../database/migrator.js';
import type { Environment } from '../config/config.js';
import { createContext } from './boot.js';
import { databaseOptionsOf } from './service-needs.js';
import type { ServiceOptions } from './service-options.js';
import { StartupError } from '../startup/startup-error.js';

const COMMANDS = ['migrate', 'status', 'reset'] as const;

export interface DatabaseState extends MigrationStatus {
  readonly service: string;
  readonly driver: 'sqlite' | 'postgres';
}

/**
 * `db migrate | status | reset [--json]`: manages the schema and returns the output.
 * @throws StartupError also for a command that does not exist (CONFIG_INVALID) and without a database (NO_DATABASE)
 */
export async function runDatabaseCommand(
  args: readonly string[],
  options: ServiceOptions,
  env: Environment,
): Promise<string> {
  const command = COMMANDS.find((each) => each === args[0]);
  if (!command) throw new StartupError('CONFIG_INVALID', `db takes one of ${COMMANDS.join(', ')}`);
  const own = databaseOptionsOf(options.module);
  if (!own) throw new StartupError('NO_DATABASE', `${options.name} has no database`);
  const database = await openConfigured(createContext(options, env), own);
  try {
    const migrator = new Migrator(database, await migrationsOf(own));
    if (command !== 'status') await migrator[command]();
    const state = { service: options.name, driver: database.driver, ...(await migrator.status()) };
    return args.includes('--json') ? JSON.stringify(state) : describe(state);
  } finally {
    await database.close();
  }
}

function describe({ service, driver, applied, pending }: DatabaseState): string {
  const lines = [
    ...applied.map((name) => `  applied  ${name}`),
    ...pending.map((name) => `  pending  ${name}`),
  ];
  return [`${service} (${driver})`, ...lines].join('\n');
}
