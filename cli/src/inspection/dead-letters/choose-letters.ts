import { MsxError } from '../../terminal/errors/msx-error.js';
import { requireLetterTopics } from './letter-topics.js';
import { readLetters } from './read-letters.js';
import { isNamed, selectLetters } from './select-letters.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { LetterTopic, LetterTopicFilter } from './letter-topics.js';
import type { LetterState } from './read-letters.js';
import type { LetterSelection } from './select-letters.js';

/** Letters of one dead-letter topic. */
export interface ChosenLetters {
  readonly topic: LetterTopic;
  readonly letters: readonly LetterState[];
}

export interface LetterChoice extends LetterTopicFilter, LetterSelection {
  readonly topic: string;
}

/** Finds letters. Throws DEAD_LETTERS_NONE, DEAD_LETTER_MISSING, TOPIC_MISSING, USAGE. */
export async function chooseLetters(
  session: KafkaSession,
  choice: LetterChoice,
  signal: AbortSignal,
): Promise<ChosenLetters[]> {
  const topics = await requireLetterTopics(session, choice);
  const chosen: ChosenLetters[] = [];
  for (const topic of topics) {
    const letters = selectLetters(await readLetters(session, topic, signal), choice);
    if (letters.length > 0) chosen.push({ topic, letters });
  }
  for (const id of choice.ids) checkNamed(id, chosen, choice.topic);
  return chosen;
}

function checkNamed(id: string, chosen: readonly ChosenLetters[], topic: string): void {
  const owners = chosen.filter(({ letters }) => letters.some((letter) => isNamed(letter, id)));
  if (owners.length === 0) throw new MsxError('DEAD_LETTER_MISSING', { topic, id });
  if (owners.length === 1) return;
  const groups = owners.map((owner) => owner.topic.group).join(', ');
  throw new MsxError('USAGE', {
    reason: `several groups have a dead letter ${id}: pass --group (${groups})`,
  });
}
