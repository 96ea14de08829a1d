import { boolean, int, text, type Settings } from './setting.js';

/** The settings of groups (GroupConfig, KIP-848, KIP-932, KIP-1071); the limits are settings of the broker. */
export const groupSettings: Settings = {
  'consumer.assignment.interval.ms': int(1000, { min: 0, synonym: 'group.consumer.assignment.interval.ms' }),
  'consumer.heartbeat.interval.ms': int(5000, { min: 1, synonym: 'group.consumer.heartbeat.interval.ms' }),
  'consumer.session.timeout.ms': int(45_000, { min: 1, synonym: 'group.consumer.session.timeout.ms' }),
  'share.assignment.interval.ms': int(1000, { min: 0, synonym: 'group.share.assignment.interval.ms' }),
  'share.auto.offset.reset': text('latest'),
  'share.delivery.count.limit': int(5, { min: 2, synonym: 'group.share.delivery.count.limit' }),
  'share.heartbeat.interval.ms': int(5000, { min: 1, synonym: 'group.share.heartbeat.interval.ms' }),
  'share.isolation.level': text('read_uncommitted', { allowed: ['read_committed', 'read_uncommitted'] }),
  'share.partition.max.record.locks': int(2000, {
    min: 100,
    synonym: 'group.share.partition.max.record.locks',
  }),
  'share.record.lock.duration.ms': int(30_000, { min: 1000, synonym: 'group.share.record.lock.duration.ms' }),
  'share.renew.acknowledge.enable': boolean('true'),
  'share.session.timeout.ms': int(45_000, { min: 1, synonym: 'group.share.session.timeout.ms' }),
  'streams.assignment.interval.ms': int(1000, { min: 0, synonym: 'group.streams.assignment.interval.ms' }),
  'streams.heartbeat.interval.ms': int(5000, { min: 1, synonym: 'group.streams.heartbeat.interval.ms' }),
  'streams.initial.rebalance.delay.ms': int(3000, {
    min: 0,
    synonym: 'group.streams.initial.rebalance.delay.ms',
  }),
  'streams.num.standby.replicas': int(0, { min: 0, synonym: 'group.streams.num.standby.replicas' }),
  'streams.session.timeout.ms': int(45_000, { min: 1, synonym: 'group.streams.session.timeout.ms' }),
};
