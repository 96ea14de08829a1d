import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** Kafka's types of configuration values, by their number in DescribeConfigs. */
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
 * Every topic setting that is accepted. Those a single development broker has no use for are kept and shown, so
 * that a production topic's definition can be used as it is; the README says which have an effect.
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

/** What was set for a topic; the rest has its default. */
export type TopicConfig = Readonly<Record<string, string>>;

export const settingOf = (config: TopicConfig, name: string): string =>
  config[name] ?? topicSettings[name]!.default;

export const numberOf = (config: TopicConfig, name: string): number => Number(settingOf(config, name));

const isNumeric = { boolean: false, string: false, list: false, int: true, long: true, double: true };

/** Throws INVALID_CONFIG unless every setting is known and has a value of its type. */
export const checkTopicConfig = (config: TopicConfig): void => {
  for (const [name, value] of Object.entries(config)) {
    const setting = topicSettings[name];
    const refuse = (why: string): never => {
      throw new KafkaError(ErrorCode.INVALID_CONFIG, why);
    };
    if (!setting) return refuse(`Unknown topic config name: ${name}`);
    if (isNumeric[setting.type] && !/^-?\d+(\.\d+)?$/.test(value))
      refuse(`${name} is not a number: ${value}`);
    const parts = setting.type === 'list' ? value.split(',').map((part) => part.trim()) : [value];
    const strange = parts.find((part) => setting.allowed && !setting.allowed.includes(part));
    if (strange !== undefined) refuse(`${name} is one of ${setting.allowed!.join(', ')}, not ${strange}`);
  }
};
