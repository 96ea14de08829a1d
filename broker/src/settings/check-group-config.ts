import { checkNames, parseConfig, refuse } from './check-config.js';
import type { ConfiguredResources } from './configured-resources.js';
import { groupSettings } from './group-settings.js';
import { limitNameOf } from './group-values.js';
import type { Config } from './setting.js';

/** Settings whose range is set by the broker: with a least value, a largest value, or both. */
const LIMITED: Readonly<Record<string, readonly ('min' | 'max')[]>> = {
  'consumer.assignment.interval.ms': ['min', 'max'],
  'consumer.heartbeat.interval.ms': ['min', 'max'],
  'consumer.session.timeout.ms': ['min', 'max'],
  'share.assignment.interval.ms': ['min', 'max'],
  'share.delivery.count.limit': ['min', 'max'],
  'share.heartbeat.interval.ms': ['min', 'max'],
  'share.partition.max.record.locks': ['min', 'max'],
  'share.record.lock.duration.ms': ['min', 'max'],
  'share.session.timeout.ms': ['min', 'max'],
  'streams.assignment.interval.ms': ['min', 'max'],
  'streams.heartbeat.interval.ms': ['min', 'max'],
  'streams.num.standby.replicas': ['max'],
  'streams.session.timeout.ms': ['min', 'max'],
};

const OFFSET_RESET = /^(earliest|latest|by_duration:P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$/;

/** Validates the settings of a group as GroupConfig.validate does; throws INVALID_CONFIG. */
export const checkGroupConfig = (config: Config, broker: ConfiguredResources): void => {
  checkNames(config, groupSettings, 'group');
  const parsed = parseConfig(config, groupSettings);
  checkOffsetReset(parsed['share.auto.offset.reset']);
  for (const [name, bounds] of Object.entries(LIMITED))
    for (const bound of bounds) checkLimit({ name, bound, value: parsed[name] }, broker);
  for (const kind of ['consumer', 'share', 'streams']) checkHeartbeat(kind, parsed, broker);
};

const checkOffsetReset = (value = 'latest'): void => {
  const name = 'share.auto.offset.reset';
  if (!OFFSET_RESET.test(value))
    refuse(
      `Invalid value ${value} for configuration ${name}: Invalid value \`${value}\` for configuration ${name}. The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.`,
    );
};

interface Limit {
  readonly name: string;
  readonly bound: 'min' | 'max';
  readonly value: string | undefined;
}

const checkLimit = ({ name, bound, value }: Limit, broker: ConfiguredResources): void => {
  if (value === undefined) return;
  const limitName = limitNameOf(name, bound);
  const limit = Number(broker.valueOf(limitName));
  if (bound === 'min' && Number(value) < limit)
    refuse(`${name} must be greater than or equal to ${limitName}`);
  if (bound === 'max' && Number(value) > limit) refuse(`${name} must be less than or equal to ${limitName}`);
};

/** A member must be able to send a heartbeat within its session. */
const checkHeartbeat = (kind: string, config: Config, broker: ConfiguredResources): void => {
  const valueOf = (name: string): number => Number(config[name] ?? broker.valueOf(`group.${name}`));
  const [session, heartbeat] = [`${kind}.session.timeout.ms`, `${kind}.heartbeat.interval.ms`];
  if (valueOf(session) <= valueOf(heartbeat)) refuse(`${session} must be greater than ${heartbeat}`);
};
