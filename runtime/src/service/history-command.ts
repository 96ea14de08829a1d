import { createContext } from './boot.js';
import type { Environment } from '../config/config.js';
import type { Database } from '../database/database.js';
import { migrationsOf, openConfigured } from '../database/database.module.js';
import { Migrator } from '../database/migrator.js';
import { AggregateCheck } from '../history/aggregate-check.js';
import { BrokenHistory } from '../history/broken-history.js';
import type { HistoryType } from '../history/history-type.js';
import { Histories } from '../history/histories.js';
import { Replay } from '../history/replay.js';
import { StartupError } from '../startup/startup-error.js';
import { databaseOptionsOf, historiesOf } from './service-needs.js';
import type { ServiceOptions } from './service-options.js';

interface Repair {
  readonly entity: string;
  readonly ids: readonly string[];
}

/**
 * `db history ENTITY ID`: the events of an aggregate and the state after each; `events` is missing if the service has no such
 * history. `db replay [--repair=JSON]`: compares all rows with their events; with `--repair`, makes these rows what their events say
 * first. Both return JSON.
 * @throws StartupError
 */
export async function runHistoryCommand(
  [command, ...args]: readonly ['history' | 'replay', ...string[]],
  options: ServiceOptions,
  env: Environment,
): Promise<string> {
  const histories = historiesOf(options.module);
  const own = databaseOptionsOf(options.module);
  if (!own) throw new StartupError('NO_DATABASE', `${options.name} has no database`);
  const database = await openConfigured(createContext(options, env), own);
  try {
    const { pending } = await new Migrator(database, await migrationsOf(own)).status();
    const concerned = histories.some(({ entity }) => command === 'replay' || entity === args[0]);
    if (concerned && pending.length > 0)
      throw new StartupError('SCHEMA_INVALID', `apply these migrations first: ${pending.join(', ')}`);
    const result =
      command === 'history'
        ? await eventsAndStates(database, histories, args)
        : await replay(database, histories, repairsIn(args));
    const entities = histories.map(({ entity }) => entity);
    return JSON.stringify({ service: options.name, entities, ...result });
  } finally {
    await database.close();
  }
}

async function eventsAndStates(
  database: Database,
  histories: readonly HistoryType[],
  [entity, id = '']: readonly string[],
): Promise<object> {
  const history = histories.find((one) => one.entity === entity);
  if (!history) return {};
  const events: object[] = [];
  try {
    for await (const { event, state } of new Histories(database).states(history, id))
      events.push({ ...event, state });
    return { events };
  } catch (error) {
    if (error instanceof BrokenHistory) return { events, problem: error.message };
    throw error;
  }
}

async function replay(
  database: Database,
  histories: readonly HistoryType[],
  repairs: readonly Repair[],
): Promise<object> {
  const repaired: { entity: string; id: string }[] = [];
  const reports: object[] = [];
  for (const history of histories) {
    const { entity } = history;
    const check = new AggregateCheck(database, history);
    for (const id of repairs.filter((one) => one.entity === entity).flatMap(({ ids }) => ids))
      if (await check.repair(id)) repaired.push({ entity, id });
    reports.push(await Replay.run(database, history));
  }
  return { histories: reports, repaired };
}

function repairsIn(args: readonly string[]): Repair[] {
  const given = args.find((one) => one.startsWith('--repair='));
  return given === undefined ? [] : (JSON.parse(given.slice('--repair='.length)) as Repair[]);
}
