import { findLetterTopics } from './letter-topics.js';
import { readLetters } from './read-letters.js';
import { summarizeLetters } from './summarize-letters.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { LetterTopicFilter } from './letter-topics.js';
import type { LetterSummary } from './summarize-letters.js';

/** The letters of each dead-letter topic that has any. Throws TOPIC_MISSING. */
export async function listLetters(
  session: KafkaSession,
  filter: LetterTopicFilter,
  signal: AbortSignal,
): Promise<LetterSummary[]> {
  const summaries: LetterSummary[] = [];
  for (const topic of await findLetterTopics(session, filter))
    summaries.push(summarizeLetters(topic, await readLetters(session, topic, signal)));
  return summaries;
}
