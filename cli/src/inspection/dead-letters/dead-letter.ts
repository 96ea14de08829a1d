import { headersOf, textOf } from '../topics/topic-record.js';
import type { TopicRecord } from '../topics/topic-record.js';
import type { LetterTopic } from './letter-topics.js';

/** The position of a record in a topic. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** What is known of a dead letter, without its value: a message that a consumer group failed to handle. */
export interface DeadLetter {
  /** `partition:offset` in its dead-letter topic. */
  readonly id: string;
  readonly place: Place;
  readonly group: string;
  /** Where the message was published; absent from a record that no service of msx wrote. */
  readonly original?: Place;
  readonly eventId?: string;
  readonly key: string | null;
  /** In milliseconds since 1970. */
  readonly diedAt: number;
  readonly code: string;
  readonly message: string;
  readonly attempts?: number;
  readonly handler?: string;
  readonly service?: string;
  readonly version?: string;
  readonly traceId?: string;
  /** What was too large to be kept: key, value, headers. */
  readonly cut: readonly string[];
  /** How often the event has died. */
  readonly deaths: number;
  /** Of a replay that died again: its first letter, as `topic/partition/offset`, and when that was. */
  readonly firstLetter?: string;
  readonly firstDiedAt?: string;
  readonly replayedBy?: string;
  readonly editedFrom?: string;
}

/** The cause of a record that no service of msx wrote. */
const FOREIGN = 'not written by msx';

/** Reads a record of a dead-letter topic that is not a mark. */
export function letterIn(record: TopicRecord, { topic: expected, group }: LetterTopic): DeadLetter {
  const { topic, partition, offset, timestamp } = record;
  const headers = new Map(headersOf(record));
  const header = (name: string) => headers.get(name) || undefined;
  const original = originalOf(header);
  const isOwn = original?.topic === expected;
  const diedAt = Date.parse(header('error-time') ?? '');
  const texts = {
    ...{ eventId: header('ce_id'), handler: header('error-handler'), service: header('error-service') },
    ...{ version: header('error-version'), firstLetter: header('error-first-letter') },
    ...{ firstDiedAt: header('error-first-time'), replayedBy: header('error-replayed-by') },
    ...{ editedFrom: header('error-edited-from'), traceId: traceIdOf(header) },
  };
  return {
    ...{ id: `${partition}:${offset}`, place: { topic, partition, offset }, group },
    ...(isOwn && { original }),
    key: textOf(record.key)?.text ?? null,
    diedAt: Number.isNaN(diedAt) ? timestamp : diedAt,
    code: isOwn ? (header('error-code') ?? 'Error') : FOREIGN,
    message: header('error-message') ?? '',
    cut: header('error-cut')?.split(',') ?? [],
    deaths: Number(header('error-deaths')) || 1,
    ...(header('error-attempts') !== undefined && { attempts: Number(header('error-attempts')) }),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
  };
}

type Header = (name: string) => string | undefined;

function originalOf(header: Header): Place | undefined {
  const topic = header('original-topic');
  const [partition, offset] = [header('original-partition'), header('original-offset')].map(integerOf);
  return topic === undefined || partition === undefined || offset === undefined
    ? undefined
    : { topic, partition, offset };
}

const integerOf = (text: string | undefined): number | undefined =>
  /^\d{1,16}$/.test(text ?? '') ? Number(text) : undefined;

/** The trace of the publisher (W3C Trace Context), or the one that the consumer began. */
const traceIdOf = (header: Header): string | undefined =>
  /^[\da-f]{2}-([\da-f]{32})-/.exec(header('traceparent') ?? '')?.[1] ?? header('error-trace');

export const placeText = ({ topic, partition, offset }: Place): string => `${topic}/${partition}/${offset}`;
