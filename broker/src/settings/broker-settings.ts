import { dynamicBrokerSettings } from './dynamic-broker-settings.js';
import type { Settings } from './setting.js';
import { staticBrokerSettings } from './static-broker-settings.js';
import { unusedBrokerSettings } from './unused-broker-settings.js';

/** All settings of a broker of Kafka 4.3, except internal ones. */
export const brokerSettings: Settings = {
  ...dynamicBrokerSettings,
  ...staticBrokerSettings,
  ...unusedBrokerSettings,
};

/** Settings with several units, the most precise first: one without a value has that of the next. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  'log.retention.ms': ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'],
  'log.roll.ms': ['log.roll.ms', 'log.roll.hours'],
  'log.roll.jitter.ms': ['log.roll.jitter.ms', 'log.roll.jitter.hours'],
  'log.flush.interval.ms': ['log.flush.interval.ms', 'log.flush.scheduler.interval.ms'],
};

export const unitsOf = (name: string): readonly string[] => UNITS[name] ?? [name];

/** Settings that differ from broker to broker: they have no default for the cluster. */
export const isPerBroker = (name: string): boolean =>
  /^(ssl\.|sasl\.|listener|principal\.builder|cordoned\.)/.test(name);

export const isDynamic = (name: string): boolean => name in dynamicBrokerSettings;
