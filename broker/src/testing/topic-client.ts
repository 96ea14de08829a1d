import { setTimeout as sleep } from 'node:timers/promises';
import { produce } from '../apis/00-produce.js';
import { createTopics } from '../apis/19-create-topics.js';
import { encodeBatch } from '../records/encode-batch.js';
import { call, type Exchange } from './call.js';
import { checkError } from './check-error.js';
import { findTopic, type TopicInfo } from './find-topic.js';
import { fullMessage, recordFrom, type Message, type NewMessage } from './message.js';
import { partitionForKey } from './partition-for-key.js';
import { TopicReader } from './topic-reader.js';

export interface TopicOptions {
  /** Default: 1. */
  readonly partitions?: number;
  /** Settings of the topic, such as `cleanup.policy`. */
  readonly config?: Readonly<Record<string, string>>;
}

export interface MessageOptions {
  /** Which message to wait for (default: any). */
  readonly where?: (message: Message) => boolean;
  /** Default: 5,000 ms. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
/** How long a fetch waits for messages before the topic is looked up again: it may have grown or been replaced. */
const FETCH_WAIT_MS = 100;
const POLL_MS = 10;

/** What tests need of a client: it writes and reads whole topics. */
export class TopicClient {
  /** The partition of the next message without a key. */
  private turn = 0;

  constructor(private readonly exchange: Exchange) {}

  async createTopic(name: string, { partitions = 1, config = {} }: TopicOptions = {}): Promise<void> {
    const configs = Object.entries(config).map(([key, value]) => ({ name: key, value }));
    const topic = { name, numPartitions: partitions, replicationFactor: 1, configs };
    const { topics } = await call(this.exchange, createTopics, { topics: [topic], timeoutMs: TIMEOUT_MS });
    checkError(topics[0]!, `topic "${name}" was not created`);
  }

  /** Appends messages; the topic is created if it does not exist. */
  async produce(name: string, messages: NewMessage | readonly NewMessage[]): Promise<void> {
    const topic = await findTopic(this.exchange, name, { create: true });
    if (!topic) throw new Error(`there is no topic "${name}"`);
    const list = Array.isArray(messages) ? (messages as NewMessage[]) : [messages as NewMessage];
    const byPartition = new Map<number, NewMessage[]>();
    for (const message of list) {
      const index = this.partitionOf(message, topic);
      byPartition.set(index, [...(byPartition.get(index) ?? []), message]);
    }
    const partitionData = [...byPartition].map(([index, group]) => ({
      index,
      records: encodeBatch(group.map((each) => recordFrom(each, Date.now()))),
    }));
    const topicData = [{ topicId: topic.topicId, partitionData }];
    const { responses } = await call(this.exchange, produce, { acks: -1, timeoutMs: TIMEOUT_MS, topicData });
    for (const { partitionResponses } of responses)
      for (const answer of partitionResponses) checkError(answer, `nothing was produced to "${name}"`);
  }

  /** All committed messages of a topic, by partition and offset. None if the topic does not exist. */
  async messages(name: string): Promise<Message[]> {
    const topic = await findTopic(this.exchange, name);
    if (!topic) return [];
    const reader = new TopicReader(this.exchange);
    const all: Message[] = [];
    for (let isOver = false; !isOver;) {
      const { messages, isAtEnd } = await reader.read(topic, 0);
      all.push(...messages);
      isOver = isAtEnd;
    }
    return all.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
  }

  /** The first message that meets the condition, whether it exists or is still to come. Rejects after the timeout. */
  async message(
    name: string,
    { where = () => true, timeoutMs = TIMEOUT_MS }: MessageOptions = {},
  ): Promise<Message> {
    const deadline = performance.now() + timeoutMs;
    let reader: { of: string; reader: TopicReader } | undefined;
    const others: Message[] = [];
    for (let left = timeoutMs; left > 0; left = deadline - performance.now()) {
      const topic = await findTopic(this.exchange, name);
      if (!topic) {
        await sleep(Math.min(POLL_MS, left));
        continue;
      }
      if (reader?.of !== topic.topicId)
        reader = { of: topic.topicId, reader: new TopicReader(this.exchange) };
      const { messages } = await reader.reader.read(topic, Math.min(FETCH_WAIT_MS, left));
      const match = messages.find((message) => where(message));
      if (match) return match;
      others.splice(0, Infinity, ...[...others, ...messages].slice(-SHOWN));
    }
    throw new Error(missing(name, timeoutMs, others));
  }

  private partitionOf(message: NewMessage, { name, partitions }: TopicInfo): number {
    const { key, partition } = fullMessage(message);
    if (partition !== undefined && !partitions.includes(partition))
      throw new Error(`topic "${name}" has ${partitions.length} partitions, and no partition ${partition}`);
    if (partition !== undefined) return partition;
    if (key === undefined || key === null) return this.turn++ % partitions.length;
    return partitionForKey(Buffer.from(key as string), partitions.length);
  }
}

/** How many of the messages that did not match are in the error. */
const SHOWN = 3;

const missing = (name: string, timeoutMs: number, others: readonly Message[]): string => {
  const shown = others.map(({ key, value }) => JSON.stringify({ key, value: value?.slice(0, 200) }));
  const seen = shown.length > 0 ? `the last ones were ${shown.join(', ')}` : 'the topic has no messages';
  return `no matching message in topic "${name}" within ${timeoutMs} ms; ${seen}`;
};
