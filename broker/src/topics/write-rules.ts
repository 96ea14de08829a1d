import type { LogLimits } from '../log/partition-log.js';
import type { TopicValues } from '../settings/topic-values.js';

/** What the settings of a topic say about writing to its partitions. */
export interface WriteRules extends LogLimits {
  /** Whether the broker sets the timestamps (`message.timestamp.type`). */
  readonly isLogAppendTime: boolean;
  /** The number of records after which they are flushed. */
  readonly flushMessages: number;
}

export const writeRulesOf = (values: TopicValues): WriteRules => ({
  segmentBytes: segmentBytesOf(values),
  segmentMs: values.has('cleanup.policy', 'compact')
    ? Math.min(values.number('segment.ms'), values.number('max.compaction.lag.ms'))
    : values.number('segment.ms'),
  flushMs: values.number('flush.ms'),
  retentionBytes: values.number('retention.bytes'),
  retentionMs: values.number('retention.ms'),
  isLogAppendTime: values.text('message.timestamp.type') === 'LogAppendTime',
  flushMessages: values.number('flush.messages'),
});

/** The internal setting, which Kafka's own tests use, allows smaller segments. */
export const segmentBytesOf = (values: TopicValues): number =>
  values.number('internal.segment.bytes') || values.number('segment.bytes');
