import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { parseSetting } from './parse-setting.js';
import type { Config, Settings } from './setting.js';
import { topicSettings } from './topic-settings.js';

/** The largest total size of the values of one resource; Kafka has no limit. */
const MAX_CONFIG_CHARACTERS = 1 << 20;

export const refuse = (message: string, code: ErrorCode = ErrorCode.INVALID_CONFIG): never => {
  throw new KafkaError(code, message);
};

/** The values in Kafka's notation. Throws INVALID_CONFIG for the first that is not allowed; unknown ones are left out. */
export const parseConfig = (config: Config, settings: Settings): Config => {
  const entries = Object.entries(config);
  if (entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0) > MAX_CONFIG_CHARACTERS)
    refuse(`The settings have more than ${MAX_CONFIG_CHARACTERS} characters.`);
  const parsed = entries.flatMap(([name, value]) => {
    const setting = Object.hasOwn(settings, name) ? settings[name]! : undefined;
    return setting ? [[name, parseSetting(name, setting, value)] as const] : [];
  });
  return Object.fromEntries(parsed);
};

/** Throws INVALID_CONFIG if a name is not a setting. */
export const checkNames = (config: Config, settings: Settings, what: string): void => {
  const unknown = Object.keys(config).find((name) => !Object.hasOwn(settings, name));
  if (unknown !== undefined) refuse(`Unknown ${what} config name: ${unknown}`);
};

/** Validates the settings of a topic as LogConfig.validate does; throws INVALID_CONFIG. */
export const checkTopicConfig = (config: Config): void => {
  checkNames(config, topicSettings, 'topic');
  const parsed = parseConfig(config, topicSettings);
  for (const name of THROTTLED_REPLICAS) checkThrottledReplicas(name, parsed[name]);
  const valueOf = (name: string): string => parsed[name] ?? topicSettings[name]!.default!;
  const [min, max] = [valueOf('min.compaction.lag.ms'), valueOf('max.compaction.lag.ms')];
  if (BigInt(min) > BigInt(max))
    refuse(`conflict topic config setting min.compaction.lag.ms (${min}) > max.compaction.lag.ms (${max})`);
  if (valueOf('remote.storage.enable') === 'true')
    refuse(
      'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.',
    );
};

const THROTTLED_REPLICAS = [
  'leader.replication.throttled.replicas',
  'follower.replication.throttled.replicas',
] as const;

const checkThrottledReplicas = (name: string, value = ''): void => {
  const entries = value === '' ? [] : value.split(',');
  if (value === '*' || entries.every((entry) => /^\d+:\d+$/.test(entry))) return;
  const format = '[partitionId]:[brokerId],[partitionId]:[brokerId],...';
  refuse(
    `Invalid value [${entries.join(', ')}] for configuration ${name}: ${name} must be the literal '*' or a list of replicas in the following format: ${format}`,
  );
};
