import { withKafka } from '../../inspection/kafka/kafka-session.js';
import { readRecords } from '../../inspection/topics/read-records.js';
import { headersOf } from '../../inspection/topics/topic-record.js';
import type { KafkaSession } from '../../inspection/kafka/kafka-session.js';
import type { TopicRecord } from '../../inspection/topics/topic-record.js';
import type { System } from '../../model/system/system.js';

/** Lets `work` use the broker of a system. */
export const withBroker = <T>({ broker }: System, work: (session: KafkaSession) => Promise<T>): Promise<T> =>
  withKafka({ address: broker.address }, work);

/** All records of a topic. */
export async function allRecords(
  session: KafkaSession,
  topic: string,
  signal: AbortSignal,
): Promise<TopicRecord[]> {
  const records: TopicRecord[] = [];
  const options = { from: { kind: 'beginning' }, count: Infinity, follow: false, signal } as const;
  for await (const record of readRecords(session, topic, options)) records.push(record);
  return records;
}

/** The id of the event in a record, as services see it. */
export const eventIdOf = (record: TopicRecord): string =>
  headersOf(record).find(([name]) => name === 'ce_id')?.[1] ||
  `${record.topic}/${record.partition}/${record.offset}`;
