import { MsxError } from '../../terminal/errors/msx-error.js';
import { findTopics } from '../topics/find-topic.js';
import { rangesOf } from '../topics/topic-ranges.js';
import type { KafkaSession } from '../kafka/kafka-session.js';

/** The dead-letter topic of one consumer group. */
export interface LetterTopic {
  readonly name: string;
  /** The topic of the messages that died. */
  readonly topic: string;
  readonly group: string;
}

export interface LetterTopicFilter {
  /** The topic of the messages, or the name of the dead-letter topic itself. */
  readonly topic?: string | undefined;
  readonly group?: string | undefined;
}

/** `<topic>.<group>.dlq`; a group, which is a service, has no dot in its name. */
const NAME = /^(.+)\.([^.]+)\.dlq$/;

/** The dead-letter topics among these names that match, by name. */
export function letterTopicsIn(names: readonly string[], { topic, group }: LetterTopicFilter): LetterTopic[] {
  return [...names].sort().flatMap((name) => {
    const [, of, own] = NAME.exec(name) ?? [];
    if (of === undefined || own === undefined) return [];
    const matches = (topic ?? of) === of || topic === name;
    return matches && (group ?? own) === own ? [{ name, topic: of, group: own }] : [];
  });
}

/** The matching dead-letter topics that have records. Throws TOPIC_MISSING if no topic has the name. */
export async function findLetterTopics(
  session: KafkaSession,
  filter: LetterTopicFilter,
): Promise<LetterTopic[]> {
  const found = letterTopicsIn(await session.admin.listTopics(), filter);
  if (found.length === 0 && filter.topic !== undefined) await findTopics(session, [filter.topic]);
  const ranges = await rangesOf(
    session,
    found.map(({ name }) => name),
  );
  return found.filter(({ name }) => ranges.get(name)!.some(({ low, high }) => high > low));
}

/** The same, of one topic. Throws DEAD_LETTERS_NONE if there are none, TOPIC_MISSING. */
export async function requireLetterTopics(
  session: KafkaSession,
  filter: LetterTopicFilter & { readonly topic: string },
): Promise<LetterTopic[]> {
  const found = await findLetterTopics(session, filter);
  if (found.length > 0) return found;
  const { topic, group } = filter;
  throw new MsxError('DEAD_LETTERS_NONE', { topic, ...(group !== undefined && { group }) });
}
