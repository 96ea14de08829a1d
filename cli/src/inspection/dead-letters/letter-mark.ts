import { headersOf, timeText } from '../topics/topic-record.js';
import type { Message } from 'kafkajs';
import type { TopicRecord } from '../topics/topic-record.js';

/** What became of a letter. */
export const MARKS = ['replayed', 'dropped'] as const;
export type Mark = (typeof MARKS)[number];

/**
 * A record in a dead-letter topic, in the partition of a letter and after it, that says what became of the letter: Kafka cannot
 * change or delete a single record. The newest mark of a letter counts.
 */
export interface LetterMark {
  /** The letter, as `partition:offset`. */
  readonly letter: string;
  readonly mark: Mark;
  readonly by: string;
  /** ISO 8601. */
  readonly time: string;
  /** The id that the event was replayed with. */
  readonly eventId?: string;
  /** The id that it had before its value was edited. */
  readonly editedFrom?: string;
}

/** The header by which a mark is told apart from letters. */
const MARK_HEADER = 'dead-letter-mark';

export const markMessage = (mark: LetterMark, partition: number): Message => ({
  key: mark.letter,
  partition,
  headers: { [MARK_HEADER]: mark.mark },
  value: JSON.stringify(mark),
});

/** The mark that a record is; undefined for a letter. */
export function markIn(record: TopicRecord): LetterMark | undefined {
  const mark = headersOf(record).find(([name]) => name === MARK_HEADER)?.[1];
  if (!MARKS.some((each) => each === mark)) return undefined;
  const { letter, by, time, eventId, editedFrom } = jsonIn(record);
  return {
    ...{ letter: text(letter) ?? String(record.key), mark: mark as Mark },
    ...{ by: text(by) ?? '', time: text(time) ?? timeText(record.timestamp) },
    ...(text(eventId) !== undefined && { eventId: text(eventId)! }),
    ...(text(editedFrom) !== undefined && { editedFrom: text(editedFrom)! }),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function jsonIn({ value }: TopicRecord): Record<string, unknown> {
  try {
    return Object(JSON.parse(String(value))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
