import { setTimeout as pause } from 'node:timers/promises';
import { withProducer } from './letter-producer.js';
import { markMessage } from './letter-mark.js';
import { recordsOfLetters } from './read-letters.js';
import { replayMessage } from './replay-message.js';
import type { Producer } from 'kafkajs';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { TopicRecord } from '../topics/topic-record.js';
import type { ChosenLetters } from './choose-letters.js';
import type { DeadLetter } from './dead-letter.js';
import type { LetterTopic } from './letter-topics.js';
import type { ReplayOptions } from './replay-message.js';

export interface Replayed {
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly eventId: string;
  readonly editedFrom?: string;
}

export interface ReplayRun extends ReplayOptions {
  /** Letters per second. */
  readonly rate: number;
  readonly signal: AbortSignal;
}

const SECOND_MS = 1000;

/**
 * Publishes letters again, one after the other, and marks each as replayed as soon as Kafka has it. When that fails in between,
 * the letter stays open: a second replay is dropped by the inbox of the service. Throws KAFKA_REFUSED, KAFKA_UNREACHABLE.
 */
export async function replayLetters(
  session: KafkaSession,
  chosen: readonly ChosenLetters[],
  run: ReplayRun,
): Promise<Replayed[]> {
  return withProducer(session, async (producer) => {
    const replayed: Replayed[] = [];
    const startedAt = Date.now();
    for (const each of chosen)
      for await (const { record, letter } of recordsOfLetters(session, each, run.signal)) {
        const due = startedAt + (replayed.length * SECOND_MS) / run.rate;
        if (due > Date.now()) await pause(due - Date.now());
        replayed.push(await replay(producer, { topic: each.topic, record, letter }, run));
      }
    return replayed;
  });
}

interface Letter {
  readonly topic: LetterTopic;
  readonly record: TopicRecord;
  readonly letter: DeadLetter;
}

async function replay(
  producer: Producer,
  { topic, record, letter }: Letter,
  options: ReplayOptions,
): Promise<Replayed> {
  const { message, ...event } = replayMessage(record, letter, options);
  await producer.send({ topic: topic.topic, messages: [message], acks: -1 });
  const time = new Date().toISOString();
  const mark = { letter: letter.id, mark: 'replayed', by: options.by, time, ...event } as const;
  await producer.send({
    topic: topic.name,
    messages: [markMessage(mark, letter.place.partition)],
    acks: -1,
  });
  return { id: letter.id, group: letter.group, topic: topic.topic, ...event };
}
