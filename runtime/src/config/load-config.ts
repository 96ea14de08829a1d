import { StartupError } from '../startup/startup-error.js';
import { readConfigFile } from './config-file.js';
import { ENVIRONMENTS, shapeFor, toConfig } from './config-shape.js';
import type { Values } from './config-shape.js';
import type { Config, ConfigNeeds, ConfigProblem, Environment } from './config.js';
import { missingParts } from './production-parts.js';
import { readOwn, readShape } from './read-variables.js';
import { sourcesOf } from './sources.js';
import type { Source } from './sources.js';
import { readTls } from './tls-config.js';

/** A configuration with its problems; it is complete when there are none. */
export interface Inspection {
  readonly config: Config;
  /** `config/production.yaml`; undefined when there is no file. */
  readonly file?: string;
  readonly problems: readonly ConfigProblem[];
  /** The names of all variables. */
  readonly variables: readonly string[];
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Reads the environment, then the configuration file; a variable set to the empty string counts as not set.
 * @throws StartupError CONFIG_INVALID naming every mistake at once; INSECURE_PRODUCTION
 */
export function loadConfig(env: Environment, needs: ConfigNeeds): Config {
  const { config, problems } = inspectConfig(env, needs);
  if (problems.length === 0) return config;
  const texts = [...new Set(problems.map(({ text }) => text))].join('; ');
  const insecure = config.environment === 'production' && problems.every(({ kind }) => kind === 'missing');
  if (insecure) throw new StartupError('INSECURE_PRODUCTION', `NODE_ENV=production: ${texts}`);
  throw new StartupError('CONFIG_INVALID', texts);
}

/** An invalid setting is treated as not set, so that all problems are found at once. */
export function inspectConfig(env: Environment, needs: ConfigNeeds): Inspection {
  const shape = shapeFor(needs);
  const named = ENVIRONMENTS.find((name) => name === (env.NODE_ENV || 'development'));
  const file = needs.folder !== undefined && named ? readConfigFile(needs.folder, named) : undefined;
  const own = needs.variables ?? {};
  const variables = [...Object.keys(shape), ...Object.keys(own)];
  const { byVariable, problems } = sourcesOf(env, file, variables);
  const texts = Object.fromEntries([...byVariable].map(([name, { text }]) => [name, text]));
  const runtimes = readShape(shape, byVariable);
  const owns = readOwn(own, byVariable);
  const tls = readTls(runtimes.values, (variable) => byVariable.get(variable)?.place ?? variable);
  const config = { ...toConfig(runtimes.values as Values, needs), tls: tls.tls, own: owns.values };
  const wrong: ConfigProblem[] = [
    ...problems.map((text) => ({ kind: 'wrong' as const, text })),
    ...runtimes.problems,
    ...tls.problems,
    ...owns.problems,
  ];
  const missing = missingParts(config, texts, needs)
    .map((text) => ({ kind: 'missing' as const, variable: text.split(' ', 1)[0], text }))
    .filter(({ variable }) => !wrong.some((problem) => problem.variable === variable));
  return { config, file: file?.name, problems: [...wrong, ...missing], variables, sources: byVariable };
}
