import { timeText } from '../topics/topic-record.js';
import type { LetterTopic } from './letter-topics.js';
import type { LetterState } from './read-letters.js';

/** The open letters of one cause. */
export interface CauseSummary {
  readonly code: string;
  readonly count: number;
  /** How many of them have died again after a replay. */
  readonly diedAgain: number;
  /** When the oldest and the newest died, in ISO 8601. */
  readonly oldest: string;
  readonly newest: string;
}

/** The letters of one consumer group. */
export interface LetterSummary extends LetterTopic {
  /** Those that nobody has replayed or dropped. */
  readonly open: number;
  readonly replayed: number;
  readonly dropped: number;
  /** Of the open ones, the most frequent cause first. */
  readonly causes: readonly CauseSummary[];
}

/** Counts letters by cause; they are in the order in which they died. */
export function summarizeLetters(topic: LetterTopic, letters: readonly LetterState[]): LetterSummary {
  const open = letters.filter(({ mark }) => !mark);
  const byCode = new Map<string, LetterState[]>();
  for (const letter of open) {
    const own = byCode.get(letter.code);
    if (own) own.push(letter);
    else byCode.set(letter.code, [letter]);
  }
  const marked = (mark: string) => letters.filter((letter) => letter.mark?.mark === mark).length;
  return {
    ...topic,
    ...{ open: open.length, replayed: marked('replayed'), dropped: marked('dropped') },
    causes: [...byCode].map(causeOf).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
  };
}

const causeOf = ([code, letters]: [string, readonly LetterState[]]): CauseSummary => ({
  ...{ code, count: letters.length, diedAgain: letters.filter(({ deaths }) => deaths > 1).length },
  oldest: timeText(letters[0]!.diedAt),
  newest: timeText(letters.at(-1)!.diedAt),
});
