import { readRecords } from '../topics/read-records.js';
import { letterIn } from './dead-letter.js';
import { markIn } from './letter-mark.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { TopicRecord } from '../topics/topic-record.js';
import type { DeadLetter } from './dead-letter.js';
import type { LetterMark } from './letter-mark.js';
import type { LetterTopic } from './letter-topics.js';

/** A letter, and what became of it: it is open as long as it has no mark. */
export interface LetterState extends DeadLetter {
  readonly mark?: LetterMark;
}

/** All letters of a dead-letter topic, without their values. */
export async function readLetters(
  session: KafkaSession,
  topic: LetterTopic,
  signal: AbortSignal,
): Promise<LetterState[]> {
  const letters: DeadLetter[] = [];
  const marks = new Map<string, { readonly offset: number; readonly mark: LetterMark }>();
  for await (const record of recordsOf(session, topic, signal)) {
    const mark = markIn(record);
    if (!mark) letters.push(letterIn(record, topic));
    else if ((marks.get(mark.letter)?.offset ?? -1) < record.offset)
      marks.set(mark.letter, { offset: record.offset, mark });
  }
  return letters
    .map((letter) => {
      const found = marks.get(letter.id);
      return found ? { ...letter, mark: found.mark } : letter;
    })
    .sort((a, b) => a.diedAt - b.diedAt || a.place.offset - b.place.offset);
}

/** The records of these letters, in the order of the topic. */
export async function* recordsOfLetters(
  session: KafkaSession,
  { topic, letters }: { readonly topic: LetterTopic; readonly letters: readonly DeadLetter[] },
  signal: AbortSignal,
): AsyncGenerator<{ record: TopicRecord; letter: DeadLetter }> {
  const wanted = new Map(letters.map((letter) => [letter.id, letter]));
  for await (const record of recordsOf(session, topic, signal)) {
    const id = `${record.partition}:${record.offset}`;
    const letter = wanted.get(id);
    if (!letter) continue;
    yield { record, letter };
    wanted.delete(id);
    if (wanted.size === 0) return;
  }
}

function recordsOf(session: KafkaSession, { name }: LetterTopic, signal: AbortSignal) {
  const from = { kind: 'beginning' } as const;
  return readRecords(session, name, { from, count: Infinity, follow: false, signal });
}
