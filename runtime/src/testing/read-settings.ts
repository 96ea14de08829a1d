import { readOwn } from '../config/read-variables.js';
import { sourcesOf } from '../config/sources.js';
import type { Config, Environment } from '../config/config.js';
import type { ServiceSettings } from '../service/service-settings.js';
import { StartupError } from '../startup/startup-error.js';

/** Reads only a service's own settings from the environment. @throws StartupError CONFIG_INVALID */
export function readSettings<S>(settings: ServiceSettings<S>, env: Environment): S {
  const { byVariable } = sourcesOf(env, undefined, Object.keys(settings.variables));
  const { values, problems } = readOwn(settings.variables, byVariable);
  if (problems.length) throw new StartupError('CONFIG_INVALID', problems.map(({ text }) => text).join('; '));
  return settings.from(values, (env.NODE_ENV ?? 'development') as Config['environment']);
}
