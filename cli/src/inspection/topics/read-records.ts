import { findTopics } from './find-topic.js';
import { NewestRecords } from './newest-records.js';
import { PartitionCursors } from './partition-cursors.js';
import { rangesOf } from './topic-ranges.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { FetchedPartition } from '../kafka/kafka-node.js';
import type { TopicRecord } from './topic-record.js';
import type { StartPosition } from './start-position.js';

export interface ReadOptions {
  /** Where to start; absent: at the last `count` records. */
  readonly from?: StartPosition;
  /** The number of records: the first ones with `from`, otherwise the last ones. */
  readonly count: number;
  /** Only this partition. */
  readonly partition?: number;
  /** Whether to wait for new records until the signal is aborted. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

const MAX_WAIT_MS = 500;
/** What one response holds at most, apart from a larger first record. */
const FETCH_BYTES = 1 << 20;
/** The number of rounds without a record, although there should be some, after which the rest is given up. */
const MAX_EMPTY_ROUNDS = 3;

/**
 * Reads records without a consumer group, which would stay on the broker. Within a round of fetches they are in order of
 * their timestamps. Throws TOPIC_MISSING, RECORDS_UNREADABLE.
 */
export async function* readRecords(
  session: KafkaSession,
  topic: string,
  options: ReadOptions,
): AsyncGenerator<TopicRecord> {
  const { from, count, follow } = options;
  await findTopics(session, [topic]);
  const cursors = await cursorsFor(session, topic, options);
  const reader = new RecordReader(session, topic, cursors);
  let left = from || follow ? count : Infinity;
  if (!from) {
    const newest = new NewestRecords(count);
    for await (const record of reader.toEnd(options.signal)) newest.add(record);
    yield* newest.inOrder();
    if (!follow) return;
    left = Infinity;
  }
  for await (const record of follow ? reader.forever(options.signal) : reader.toEnd(options.signal)) {
    if (left-- <= 0) return;
    yield record;
    if (left <= 0) return;
  }
}

async function cursorsFor(
  session: KafkaSession,
  topic: string,
  { from, count, partition }: ReadOptions,
): Promise<PartitionCursors> {
  const ranges = (await rangesOf(session, [topic]))
    .get(topic)!
    .filter((range) => partition === undefined || range.partition === partition);
  const byTime =
    from?.kind === 'time' ? await session.admin.fetchTopicOffsetsByTimestamp(topic, from.time) : [];
  const startOf = ({ partition: id, low, high }: (typeof ranges)[number]): number => {
    if (!from) return Math.max(low, high - count);
    if (from.kind === 'beginning') return low;
    if (from.kind === 'end') return high;
    if (from.kind === 'offset') return Math.min(Math.max(from.offset, low), high);
    const found = Number(byTime.find((each) => each.partition === id)?.offset ?? -1);
    return found < 0 ? high : found;
  };
  return new PartitionCursors(
    ranges.map((range) => ({ partition: range.partition, next: startOf(range), end: range.high })),
  );
}

/** Fetches rounds of records: from each leader what its partitions have next. */
class RecordReader {
  constructor(
    private readonly session: KafkaSession,
    private readonly topic: string,
    private readonly cursors: PartitionCursors,
  ) {}

  /** Up to the end that the partitions had at first. */
  async *toEnd(signal: AbortSignal): AsyncGenerator<TopicRecord> {
    let empty = 0;
    while (!signal.aborted && empty < MAX_EMPTY_ROUNDS) {
      const unfinished = this.cursors.unfinished();
      if (unfinished.length === 0) return;
      const records = await this.round(unfinished);
      empty = records.length > 0 ? 0 : empty + 1;
      yield* records.filter((record) => this.cursors.isWithin(record));
    }
  }

  async *forever(signal: AbortSignal): AsyncGenerator<TopicRecord> {
    while (!signal.aborted) yield* await this.round(this.cursors.all());
  }

  private async round(partitions: readonly number[]): Promise<TopicRecord[]> {
    const leaders = this.session.cluster.findLeaderForPartitions(this.topic, partitions);
    const rounds = Object.entries(leaders).map(([nodeId, own]) => this.fetch(nodeId, own));
    const records = (await Promise.all(rounds)).flat().flatMap((each) => this.take(each));
    return records.sort((a, b) => a.timestamp - b.timestamp);
  }

  private async fetch(nodeId: string, partitions: readonly number[]): Promise<readonly FetchedPartition[]> {
    const node = await this.session.cluster.findBroker({ nodeId });
    const offsets = partitions.map((partition) => ({
      partition,
      fetchOffset: String(this.cursors.next(partition)),
      maxBytes: FETCH_BYTES,
    }));
    const { responses } = await node.fetch({
      ...{ isolationLevel: 0, maxWaitTime: MAX_WAIT_MS, minBytes: 1, maxBytes: FETCH_BYTES },
      topics: [{ topic: this.topic, partitions: offsets }],
    });
    return responses.flatMap((response) => response.partitions);
  }

  /** Without the markers that end transactions, which only clients read. */
  private take({ partition, messages }: FetchedPartition): TopicRecord[] {
    const next = this.cursors.next(partition);
    const last = messages.at(-1);
    if (last) this.cursors.advance(partition, Number(last.offset) + 1);
    return messages
      .filter((message) => Number(message.offset) >= next && !message.isControlRecord)
      .map(({ offset, timestamp, key, value, headers = {} }) => {
        const position = { topic: this.topic, partition, offset: Number(offset) };
        return { ...position, timestamp: Number(timestamp), key, value, headers };
      });
  }
}
