import { inspectConfig } from '../config/config.js';
import type { ConfigProblem, Environment } from '../config/config.js';
import type { Source } from '../config/sources.js';
import { configNeedsOf } from './boot.js';
import type { ServiceOptions } from './service-options.js';
import { StartupError } from './startup-error.js';

/** Where one variable gets its value from. */
export interface VariableReport {
  readonly name: string;
  readonly from: Source['from'] | 'default';
  /** `config/production.yaml:7:3 query.maxDepth`, or the variable that names the mounted file. */
  readonly place?: string;
  /** Not of one that may hold a secret. */
  readonly value?: string;
}

export interface ConfigReport {
  readonly service: string;
  readonly environment: string;
  /** The configuration file, if there is one. */
  readonly file?: string;
  readonly problems: readonly ConfigProblem[];
  readonly variables: readonly VariableReport[];
}

/** May hold passwords or keys, or say where they are. */
const SECRETS = new Set(['DATABASE_URL', 'JWT_KEYS', 'KAFKA_PASSWORD']);

/**
 * `config check [--json]`: looks at the configuration as a start would, and starts nothing.
 * @returns what to print, and whether a start would get past it
 * @throws StartupError CONFIG_INVALID for a command that does not exist
 */
export function runConfigCommand(
  args: readonly string[],
  options: ServiceOptions,
  env: Environment,
): { output: string; ok: boolean } {
  if (args[0] !== 'check') throw new StartupError('CONFIG_INVALID', 'config takes check');
  const report = reportOf(options, env);
  const output = args.includes('--json') ? JSON.stringify(report) : describe(report);
  return { output, ok: report.problems.length === 0 };
}

function reportOf(options: ServiceOptions, env: Environment): ConfigReport {
  const { config, file, problems, known, sources } = inspectConfig(env, configNeedsOf(options));
  const secret = (name: string): boolean =>
    SECRETS.has(name) || options.settings?.variables[name]?.secret === true;
  const variables = known.map((name): VariableReport => {
    const source = sources.get(name);
    if (!source) return { name, from: 'default' };
    const place = source.place === name ? {} : { place: source.place };
    return { name, from: source.from, ...place, ...(!secret(name) && { value: source.text }) };
  });
  return { service: options.name, environment: config.environment, file, problems, variables };
}

function describe({ service, environment, file, problems, variables }: ConfigReport): string {
  const set = variables.filter(({ from }) => from !== 'default');
  return [
    `${service} (${environment}${file ? `, ${file}` : ''})`,
    ...set.map(
      ({ name, place, value = '(not shown)' }) => `  ${name} = ${value}${place ? `  from ${place}` : ''}`,
    ),
    ...problems.map(({ kind, text }) => `  ${kind}: ${text}`),
  ].join('\n');
}
