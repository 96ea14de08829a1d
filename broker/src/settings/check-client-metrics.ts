import { ErrorCode } from '../wire/error-code.js';
import { parseConfig, refuse } from './check-config.js';
import { clientMetricsSettings, MATCH_PARAMETERS } from './client-metrics-settings.js';
import type { Config } from './setting.js';

const MIN_INTERVAL_MS = 100;
const MAX_INTERVAL_MS = 3_600_000;

/** Validates a client metrics subscription as ClientMetricsConfigs does; throws INVALID_REQUEST or INVALID_CONFIG. */
export const checkClientMetrics = (config: Config): void => {
  const unknown = Object.keys(config).find((name) => !Object.hasOwn(clientMetricsSettings, name));
  if (unknown !== undefined)
    refuse(`Unknown client metrics configuration: ${unknown}`, ErrorCode.INVALID_REQUEST);
  const { 'interval.ms': interval, match } = parseConfig(config, clientMetricsSettings);
  if (interval !== undefined && (Number(interval) < MIN_INTERVAL_MS || Number(interval) > MAX_INTERVAL_MS))
    refuse(
      `Invalid value ${interval} for interval.ms, interval must be between ${MIN_INTERVAL_MS} and ${MAX_INTERVAL_MS} (1 hour)`,
      ErrorCode.INVALID_REQUEST,
    );
  for (const pattern of match ? match.split(',') : [])
    if (!isPattern(pattern)) refuse(`Illegal client matching pattern: ${pattern}`);
};

/** `parameter=expression`, with a regular expression that Java and JavaScript both accept. */
const isPattern = (pattern: string): boolean => {
  const [parameter, expression, ...more] = pattern.split('=');
  if (more.length > 0 || !expression || !MATCH_PARAMETERS.includes(parameter!.trim())) return false;
  try {
    new RegExp(expression.trim());
    return true;
  } catch {
    return false;
  }
};
