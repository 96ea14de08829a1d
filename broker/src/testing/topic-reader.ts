import { fetch } from '../apis/01-fetch.js';
import { listOffsets } from '../apis/02-list-offsets.js';
import type { Infer } from '../wire/field.js';
import { call, type Exchange } from './call.js';
import { checkError } from './check-error.js';
import { committedRecords, nextOffset } from './committed-records.js';
import type { TopicInfo } from './find-topic.js';
import { messageFrom, type Message } from './message.js';

type PartitionData = Infer<typeof fetch.response.shape>['responses'][number]['partitions'][number];

const MAX_BYTES = 8 << 20;
const EARLIEST = -2;
const READ_COMMITTED = 1;

/** Reads a topic from its beginning, a fetch at a time. */
export class TopicReader {
  /** The next offset of every partition. */
  private readonly positions = new Map<number, number>();

  constructor(private readonly exchange: Exchange) {}

  /** The next messages. Waits for at most `maxWaitMs` if there are none. */
  async read(topic: TopicInfo, maxWaitMs: number): Promise<{ messages: Message[]; isAtEnd: boolean }> {
    for (const index of topic.partitions)
      if (!this.positions.has(index)) this.positions.set(index, await this.startOf(topic.name, index));
    const fetched = await this.fetch(topic, maxWaitMs);
    const before = new Map(this.positions);
    const messages = fetched.flatMap((data) => this.accept(data, topic.name));
    const hasAdvanced = [...this.positions].some(([index, offset]) => offset > before.get(index)!);
    const isAtEnd = fetched.every((data) => this.positions.get(data.partitionIndex)! >= endOf(data));
    return { messages, isAtEnd: isAtEnd || !hasAdvanced };
  }

  private async fetch({ name, topicId }: TopicInfo, maxWaitMs: number): Promise<PartitionData[]> {
    const partitions = [...this.positions].map(([partition, fetchOffset]) => ({
      partition,
      fetchOffset,
      partitionMaxBytes: MAX_BYTES,
    }));
    const { responses } = await call(this.exchange, fetch, {
      maxWaitMs: Math.ceil(maxWaitMs),
      minBytes: 1,
      maxBytes: MAX_BYTES,
      isolationLevel: READ_COMMITTED,
      topics: [{ topicId, partitions }],
    });
    const fetched = responses.flatMap((response) => response.partitions);
    for (const data of fetched) checkError(data, `topic "${name}" cannot be read`);
    return fetched;
  }

  private accept(data: PartitionData, topic: string): Message[] {
    const { partitionIndex, records, abortedTransactions } = data;
    const from = this.positions.get(partitionIndex)!;
    const bytes = records ?? Buffer.alloc(0);
    this.positions.set(partitionIndex, nextOffset(bytes, from));
    return committedRecords(bytes, abortedTransactions ?? [])
      .filter(({ offset }) => offset >= from)
      .map((record) => messageFrom(record, topic, partitionIndex));
  }

  private async startOf(name: string, partitionIndex: number): Promise<number> {
    const { topics } = await call(this.exchange, listOffsets, {
      replicaId: -1,
      topics: [{ name, partitions: [{ partitionIndex, timestamp: EARLIEST }] }],
    });
    return topics[0]!.partitions[0]!.offset;
  }
}

/** A consumer with read_committed sees nothing from the first open transaction on. */
const endOf = ({ lastStableOffset, highWatermark }: PartitionData): number =>
  lastStableOffset >= 0 ? lastStableOffset : highWatermark;
