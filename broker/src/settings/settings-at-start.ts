import { assignorsIn } from './assignors.js';
import { brokerSettings } from './broker-settings.js';
import { checkNames, parseConfig, refuse } from './check-config.js';
import { checkGroupLimits } from './check-group-limits.js';
import { checkConnectionBounds } from './connection-bounds.js';
import type { Config } from './setting.js';

/** What the broker is started with, as far as Kafka has settings for it. */
export interface StartOptions {
  readonly nodeId: number;
  readonly data: string;
  readonly partitions: number;
  readonly autoCreate: boolean;
  readonly fsync: boolean;
  readonly listeners: string;
  readonly advertised: string;
  /** The security protocol of the first listener. */
  readonly protocol: string;
  readonly maxReauthMs: number;
}

/**
 * The settings that the server.properties of an equivalent Apache Kafka would have. Throws INVALID_CONFIG if one of the
 * given ones is not valid.
 */
export const settingsAtStart = (given: Config = {}, options: StartOptions): Config => {
  checkNames(given, brokerSettings, 'broker');
  if (options.listeners === '') refuse('A broker without a plaintext listener needs others.');
  const atStart: Config = { ...ofOptions(options), ...parseConfig(given, brokerSettings) };
  const valueOf = (name: string): string => atStart[name] ?? brokerSettings[name]!.default!;
  checkGroupLimits(valueOf);
  assignorsIn(valueOf('group.consumer.assignors'));
  checkConnectionBounds(valueOf);
  return atStart;
};

const ofOptions = (options: StartOptions): Config => ({
  'advertised.listeners': options.advertised,
  'auto.create.topics.enable': String(options.autoCreate),
  'broker.id': String(options.nodeId),
  'controller.listener.names': 'CONTROLLER',
  'delete.topic.enable': 'true',
  'group.initial.rebalance.delay.ms': '0',
  ...(options.maxReauthMs > 0 && { 'connections.max.reauth.ms': String(options.maxReauthMs) }),
  'inter.broker.listener.name': options.protocol,
  listeners: options.listeners,
  ...(options.fsync && { 'log.flush.interval.messages': '1' }),
  'log.dirs': options.data,
  'node.id': String(options.nodeId),
  'num.partitions': String(options.partitions),
  'offsets.topic.replication.factor': '1',
  'process.roles': 'broker,controller',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.replication.factor': '1',
});
