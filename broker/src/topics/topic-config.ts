import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** The types of configuration values, with their numbers in DescribeConfigs. */
export const ConfigType = { boolean: 1, string: 2, int: 3, long: 5, double: 6, list: 7 } as const;

interface Setting {
  readonly type: keyof typeof ConfigType;
  readonly default: string;
  readonly allowed?: readonly string[];
}

const day = 86_400_000;
const mebibyte = 1 << 20;
const long = (value: number | string): Setting => ({ type: 'long', default: String(value) });
const int = (value: number | string): Setting => ({ type: 'int', default: String(value) });
const oneOf = (value: string, ...others: string[]): Setting => ({
  type: 'string',
  default: value,
  allowed: [value, ...others],
});
const bool: Setting = { type: 'boolean', default: 'false', allowed: ['true', 'false'] };

/**
 * All accepted topic settings. Those without an effect on a single development broker are stored and shown, so that the
 * definition of a production topic can be used unchanged; the README lists the ones with an effect.
 */
export const topicSettings: Readonly<Record<string, Setting>> = {
  'cleanup.policy': { type: 'list', default: 'delete', allowed: ['delete', 'compact'] },
  'compression.type': oneOf('producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'),
  'delete.retention.ms': long(day),
  'file.delete.delay.ms': long(0),
  'flush.messages': long('9223372036854775807'),
  'flush.ms': long(1000),
  'index.interval.bytes': int(16384),
  'max.compaction.lag.ms': long('9223372036854775807'),
  'max.message.bytes': int(mebibyte + 12),
  'message.timestamp.after.max.ms': long('9223372036854775807'),
  'message.timestamp.before.max.ms': long('9223372036854775807'),
  'message.timestamp.type': oneOf('CreateTime', 'LogAppendTime'),
  'min.cleanable.dirty.ratio': { type: 'double', default: '0.5' },
  'min.compaction.lag.ms': long(0),
  'min.insync.replicas': int(1),
  preallocate: bool,
  'retention.bytes': long(64 * mebibyte),
  'retention.ms': long(7 * day),
  'segment.bytes': int(16 * mebibyte),
  'segment.index.bytes': int(10 * mebibyte),
  'segment.jitter.ms': long(0),
  'segment.ms': long(7 * day),
  'unclean.leader.election.enable': bool,
};

/** The settings of a topic; all others have their defaults. */
export type TopicConfig = Readonly<Record<string, string>>;

export const settingOf = (config: TopicConfig, name: string): string =>
  config[name] ?? topicSettings[name]!.default;

export const numberOf = (config: TopicConfig, name: string): number => Number(settingOf(config, name));

const isNumeric = { boolean: false, string: false, list: false, int: true, long: true, double: true };

/** Throws INVALID_CONFIG if a setting is unknown or its value has the wrong type. */
export const checkTopicConfig = (config: TopicConfig): void => {
  for (const [name, value] of Object.entries(config)) {
    const setting = topicSettings[name];
    const refuse = (why: string): never => {
      throw new KafkaError(ErrorCode.INVALID_CONFIG, why);
    };
    if (!setting) return refuse(`Unknown topic config name: ${name}`);
    if (isNumeric[setting.type] && !/^-?\d+(\.\d+)?$/.test(value))
      refuse(`${name} must be a number, not ${value}`);
    const parts = setting.type === 'list' ? value.split(',').map((part) => part.trim()) : [value];
    const invalid = parts.find((part) => setting.allowed && !setting.allowed.includes(part));
    if (invalid !== undefined)
      refuse(`${name} must be one of ${setting.allowed!.join(', ')}, not ${invalid}`);
  }
};
