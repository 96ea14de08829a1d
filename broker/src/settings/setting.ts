/** The types of configuration values, with their numbers in DescribeConfigs (ConfigDef.Type). */
export const ConfigType = {
  unknown: 0,
  boolean: 1,
  string: 2,
  int: 3,
  short: 4,
  long: 5,
  double: 6,
  list: 7,
  class: 8,
  password: 9,
} as const;

/** One setting of a resource: what its values may be, and what holds without a value. */
export interface Setting {
  readonly type: keyof typeof ConfigType;
  /** In Kafka's own notation; null for a setting that has none. */
  readonly default: string | null;
  readonly min?: number;
  readonly max?: number;
  /** The allowed values, or the allowed entries of a list, in the order that Kafka prints. */
  readonly allowed?: readonly string[];
  /** A value that is allowed outside of the range. */
  readonly except?: number;
  /** The broker setting that is the default of a topic's or a group's setting. */
  readonly synonym?: string;
  readonly documentation?: string;
  /** Internal settings are accepted, but not shown unless they are set. */
  readonly internal?: boolean;
}

export type Settings = Readonly<Record<string, Setting>>;

/** The values that were set for one resource, as text; all others have their defaults. */
export type Config = Readonly<Record<string, string>>;

type Rest = Omit<Setting, 'type' | 'default'>;
type Value = string | number | null;

const of =
  (type: Setting['type']) =>
  (value: Value, rest: Rest = {}): Setting => ({
    type,
    default: value === null ? null : String(value),
    ...rest,
  });

export const boolean = of('boolean');
export const text = of('string');
export const int = of('int');
export const short = of('short');
export const long = of('long');
export const double = of('double');
export const list = of('list');
export const className = of('class');
export const password = of('password');

/** The largest value of a long, which means "no limit" in many settings. */
export const UNLIMITED = '9223372036854775807';
