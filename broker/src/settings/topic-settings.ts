import { boolean, double, int, list, long, text, UNLIMITED, type Settings } from './setting.js';

const DAY_MS = 86_400_000;
const SEVEN_DAYS_MS = 7 * DAY_MS;
const MEBIBYTE = 1 << 20;

/** All topic settings of Kafka 4.3: types, ranges, defaults and synonyms as in TopicConfig and LogConfig. */
export const topicSettings: Settings = {
  'cleanup.policy': list('delete', {
    allowed: ['compact', 'delete'],
    synonym: 'log.cleanup.policy',
    documentation:
      'What happens to old records: "delete" removes whole segments by age and size, "compact" keeps the latest record of each key. Both may be combined; an empty list keeps all records forever.',
  }),
  'compression.gzip.level': int(-1, {
    min: 1,
    max: 9,
    except: -1,
    synonym: 'compression.gzip.level',
    documentation: 'The level used when compression.type is gzip.',
  }),
  'compression.lz4.level': int(9, {
    min: 1,
    max: 17,
    synonym: 'compression.lz4.level',
    documentation: 'The level used when compression.type is lz4.',
  }),
  'compression.type': text('producer', {
    allowed: ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'],
    synonym: 'compression.type',
    documentation:
      'How record batches are stored: "producer" keeps the compression that the producer chose, "uncompressed" removes it, and the others apply the named codec.',
  }),
  'compression.zstd.level': int(3, {
    min: -131_072,
    max: 22,
    synonym: 'compression.zstd.level',
    documentation: 'The level used when compression.type is zstd.',
  }),
  'delete.retention.ms': long(DAY_MS, {
    min: 0,
    synonym: 'log.cleaner.delete.retention.ms',
    documentation:
      'How long tombstones of compacted topics are kept: the time that a consumer has to read the whole log and see all deletions.',
  }),
  'file.delete.delay.ms': long(60_000, {
    min: 0,
    synonym: 'log.segment.delete.delay.ms',
    documentation: 'How long a file stays on the disk after it was removed from the log.',
  }),
  'flush.messages': long(UNLIMITED, {
    min: 1,
    synonym: 'log.flush.interval.messages',
    documentation: 'After this many records, the log is flushed to the disk with fsync.',
  }),
  'flush.ms': long(UNLIMITED, {
    min: 0,
    synonym: 'log.flush.interval.ms',
    documentation: 'The longest time before written records are flushed to the disk with fsync.',
  }),
  'follower.replication.throttled.replicas': list('', {
    documentation:
      'Replicas whose followers are throttled, as partition:broker pairs; "*" stands for all replicas of the topic.',
  }),
  'index.interval.bytes': int(4096, {
    min: 0,
    synonym: 'log.index.interval.bytes',
    documentation: 'How many bytes of records lie between two entries of the offset index.',
  }),
  'internal.segment.bytes': int(null, { internal: true }),
  'leader.replication.throttled.replicas': list('', {
    documentation:
      'Replicas whose leaders are throttled, as partition:broker pairs; "*" stands for all replicas of the topic.',
  }),
  'local.retention.bytes': long(-2, {
    min: -2,
    synonym: 'log.local.retention.bytes',
    documentation:
      'With tiered storage, the size up to which segments are also kept locally; -2 stands for retention.bytes.',
  }),
  'local.retention.ms': long(-2, {
    min: -2,
    synonym: 'log.local.retention.ms',
    documentation:
      'With tiered storage, how long segments are also kept locally; -2 stands for retention.ms.',
  }),
  'max.compaction.lag.ms': long(UNLIMITED, {
    min: 1,
    synonym: 'log.cleaner.max.compaction.lag.ms',
    documentation: 'The longest time that a record of a compacted topic may remain before it is compacted.',
  }),
  'max.message.bytes': int(1_048_588, {
    min: 0,
    synonym: 'message.max.bytes',
    documentation: 'The largest record batch that is accepted, after compression.',
  }),
  'message.timestamp.after.max.ms': long(3_600_000, {
    min: 0,
    synonym: 'log.message.timestamp.after.max.ms',
    documentation:
      "How far a record's timestamp may be ahead of the broker's clock; not used with LogAppendTime.",
  }),
  'message.timestamp.before.max.ms': long(UNLIMITED, {
    min: 0,
    synonym: 'log.message.timestamp.before.max.ms',
    documentation:
      "How far a record's timestamp may be behind the broker's clock; not used with LogAppendTime.",
  }),
  'message.timestamp.type': text('CreateTime', {
    allowed: ['CreateTime', 'LogAppendTime'],
    synonym: 'log.message.timestamp.type',
    documentation: 'Whether records have the time of their producer or the time of the append.',
  }),
  'min.cleanable.dirty.ratio': double('0.5', {
    min: 0,
    max: 1,
    synonym: 'log.cleaner.min.cleanable.ratio',
    documentation: 'A log is compacted once this share of it was written since the last compaction.',
  }),
  'min.compaction.lag.ms': long(0, {
    min: 0,
    synonym: 'log.cleaner.min.compaction.lag.ms',
    documentation: 'The shortest time that a record of a compacted topic remains before it is compacted.',
  }),
  'min.insync.replicas': int(1, {
    min: 1,
    synonym: 'min.insync.replicas',
    documentation:
      'How many replicas must have a record before it is acknowledged to a producer with acks=all.',
  }),
  preallocate: boolean('false', {
    synonym: 'log.preallocate',
    documentation: 'Whether the file of a new segment is created with its full size.',
  }),
  'remote.log.copy.disable': boolean('false', {
    documentation: 'Whether a topic with tiered storage stops to copy segments to the remote storage.',
  }),
  'remote.log.delete.on.disable': boolean('false', {
    documentation: 'Whether remote segments are deleted when tiered storage is turned off for the topic.',
  }),
  'remote.storage.enable': boolean('false', {
    documentation: 'Whether the topic uses tiered storage.',
  }),
  'retention.bytes': long(-1, {
    synonym: 'log.retention.bytes',
    documentation: 'The size of a partition beyond which its oldest segments are deleted; -1 means no limit.',
  }),
  'retention.ms': long(SEVEN_DAYS_MS, {
    min: -1,
    synonym: 'log.retention.ms',
    documentation: 'The age beyond which segments are deleted; -1 means no limit.',
  }),
  'segment.bytes': int(1_073_741_824, {
    min: MEBIBYTE,
    synonym: 'log.segment.bytes',
    documentation: 'The largest size of a segment file. Retention and compaction work on whole segments.',
  }),
  'segment.index.bytes': int(10 * MEBIBYTE, {
    min: 4,
    synonym: 'log.index.size.max.bytes',
    documentation: 'The size of the index of a segment.',
  }),
  'segment.jitter.ms': long(0, {
    min: 0,
    synonym: 'log.roll.jitter.ms',
    documentation: 'The largest random time by which a new segment is started earlier than segment.ms says.',
  }),
  'segment.ms': long(SEVEN_DAYS_MS, {
    min: 1,
    synonym: 'log.roll.ms',
    documentation: 'After this time a new segment is started even if the current one is not full.',
  }),
  'unclean.leader.election.enable': boolean('false', {
    synonym: 'unclean.leader.election.enable',
    documentation: 'Whether a replica that is not in sync may become the leader, which loses records.',
  }),
};
