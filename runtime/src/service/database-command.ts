import { migrationsOf, openConfigured } from '../database/database.module.js';
import type { DatabaseOptions } from '../database/database.module.js';
import { Migrator } from '../database/migrator.js';
import type { MigrationStatus } from '../database/migrator.js';
import type { Environment } from '../config/config.js';
import { historyTables } from '../history/create-history.js';
import { createContext } from './boot.js';
import { databaseOptionsOf, historiesOf } from './service-needs.js';
import type { ServiceOptions } from './service-options.js';
import { StartupError } from '../startup/startup-error.js';

const COMMANDS = ['migrate', 'rollback', 'status', 'reset', 'diff'] as const;
const HISTORY_COMMANDS = ['history', 'replay'] as const;

/** How many migrations `rollback` rolls back. */
const STEPS = /^--steps=([1-9]\d{0,3})$/;

export interface DatabaseState extends MigrationStatus {
  readonly service: string;
  readonly driver: 'sqlite' | 'postgres';
  /** What can be rolled back, the newest first: not the tables of the runtime. */
  readonly revertible: readonly string[];
}

/**
 * `db migrate | rollback [--steps=N] | status | reset | diff [--json]`: manages the schema and returns the output. `db history`
 * and `db replay` are commands about [histories](./history-command.ts).
 * @throws StartupError also for a command that does not exist (CONFIG_INVALID) and without a database (NO_DATABASE)
 */
export async function runDatabaseCommand(
  args: readonly string[],
  options: ServiceOptions,
  env: Environment,
): Promise<string> {
  const historyCommand = HISTORY_COMMANDS.find((each) => each === args[0]);
  if (historyCommand) {
    // Loads TypeORM, which services without a database do not need.
    const { runHistoryCommand } = await import('./history-command.js');
    return runHistoryCommand([historyCommand, ...args.slice(1)], options, env);
  }
  const command = COMMANDS.find((each) => each === args[0]);
  const all = [...COMMANDS, ...HISTORY_COMMANDS];
  if (!command) throw new StartupError('CONFIG_INVALID', `db takes one of ${all.join(', ')}`);
  const own = databaseOptionsOf(options.module);
  if (!own) throw new StartupError('NO_DATABASE', `${options.name} has no database`);
  if (command === 'diff') return describeDifference(args, options, own);
  const database = await openConfigured(createContext(options, env), own);
  try {
    const migrator = new Migrator(database, await migrationsOf(own));
    if (command === 'rollback') await migrator.rollback(stepsIn(args), own.migrations);
    else if (command !== 'status') await migrator[command]();
    const status = await migrator.status();
    const revertible = await migrator.revertible(own.migrations);
    const state = { service: options.name, driver: database.driver, ...status, revertible };
    return args.includes('--json') ? JSON.stringify(state) : describe(state);
  } finally {
    await database.close();
  }
}

/** As JSON, which `msx db diff` makes a migration of: the names of the migrations, and what the entities would change. */
async function describeDifference(
  args: readonly string[],
  { name: service, module }: ServiceOptions,
  own: DatabaseOptions,
): Promise<string> {
  const { schemaDifference } = await import('../database/schema/schema-difference.js');
  const { renamesIn } = await import('../database/schema/rename.js');
  const migrations = own.migrations.map(({ name }) => name);
  const ofHistories = historiesOf(module).flatMap(({ entity }) => historyTables(entity));
  const difference = await schemaDifference(own, renamesIn(args), ofHistories);
  return JSON.stringify({ service, migrations, ...difference });
}

function stepsIn(args: readonly string[]): number {
  const given = args.find((each) => each.startsWith('--steps'));
  const steps = given === undefined ? '1' : STEPS.exec(given)?.[1];
  if (steps === undefined) throw new StartupError('CONFIG_INVALID', '--steps= takes a number from 1 to 9999');
  return Number(steps);
}

function describe({ service, driver, applied, pending }: DatabaseState): string {
  const lines = [
    ...applied.map((name) => `  applied  ${name}`),
    ...pending.map((name) => `  pending  ${name}`),
  ];
  return [`${service} (${driver})`, ...lines].join('\n');
}
