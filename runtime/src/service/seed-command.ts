import type { INestApplicationContext } from '@nestjs/common';
import type { Environment } from '../config/config.js';
import { StartupError } from '../startup/startup-error.js';
import { runServiceCommand } from './run-service-command.js';
import type { AnySeed } from './seed.js';
import type { ServiceOptions } from './service-options.js';

/** The most entries that a seed may have: a seed is written by hand, and more is a load test. */
const MAX_ENTRIES = 1000;

/** What a seed did. */
export interface SeedReport {
  readonly file: string;
  readonly created: readonly string[];
  /** What was in the database before, and was left as it was. */
  readonly existing: readonly string[];
}

/**
 * `db seed [--json]`: creates what the seeds of the service have and its database has not, one entry after another.
 * @throws StartupError SEED_FAILED with the file and the entry; those before it stay. CONFIG_INVALID in production, whose data
 * nobody makes up
 */
export async function runSeedCommand(
  args: readonly string[],
  options: ServiceOptions,
  env: Environment,
): Promise<string> {
  if (env['NODE_ENV'] === 'production')
    throw new StartupError('CONFIG_INVALID', 'db seed is for development, and NODE_ENV is production');
  const run = async (_: readonly string[], app: INestApplicationContext) => {
    const seeds: SeedReport[] = [];
    for (const seed of options.seeds ?? []) seeds.push(await plant(seed, app));
    const report = { service: options.name, seeds };
    return args.includes('--json') ? JSON.stringify(report) : describe(seeds);
  };
  return runServiceCommand(['seed'], { ...options, commands: { seed: { run } } }, env);
}

async function plant(seed: AnySeed, app: INestApplicationContext): Promise<SeedReport> {
  const { file, entries } = seed;
  if (entries.length > MAX_ENTRIES)
    throw new StartupError(
      'SEED_FAILED',
      `${file} has ${entries.length} entries, and may have ${MAX_ENTRIES}`,
    );
  const created: string[] = [];
  const existing: string[] = [];
  for (const entry of entries) {
    const name = seed.nameOf(entry);
    const isThere = await named({ file, name }, () => seed.exists(entry, app));
    if (!isThere) await named({ file, name }, () => seed.create(entry, app));
    (isThere ? existing : created).push(name);
  }
  return { file, created, existing };
}

async function named<T>({ file, name }: { file: string; name: string }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StartupError('SEED_FAILED', `${file}, ${name}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { reason, message } = Object(error) as { reason?: string; message?: string };
  return reason ? `${message} (${reason})` : String(message ?? error);
}

const describe = (seeds: readonly SeedReport[]): string =>
  seeds
    .flatMap(({ file, created, existing }) => [
      ...created.map((name) => `created  ${name} (${file})`),
      ...existing.map((name) => `kept     ${name} (${file})`),
    ])
    .join('\n');
