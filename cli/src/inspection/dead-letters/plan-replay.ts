import { MsxError } from '../../terminal/errors/msx-error.js';
import { describeGroup } from '../groups/describe-groups.js';
import { placeText } from './dead-letter.js';
import type { System } from '../../model/system/system.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { ChosenLetters } from './choose-letters.js';
import type { DeadLetter } from './dead-letter.js';
import type { LetterTopic } from './letter-topics.js';

export interface ReplayPlan {
  readonly chosen: readonly ChosenLetters[];
  /** Why others cannot be replayed. */
  readonly refused: readonly MsxError[];
}

interface Target {
  readonly session: KafkaSession;
  readonly system?: System;
}

/** Finds out which letters can be replayed: those that were cut can be with another value. */
export async function planReplay(
  target: Target,
  chosen: readonly ChosenLetters[],
  { edited }: { readonly edited: boolean },
): Promise<ReplayPlan> {
  const possible: ChosenLetters[] = [];
  const refused: MsxError[] = [];
  for (const { topic, letters } of chosen) {
    const reason = await undeliverable(target, topic);
    const problems = new Map(letters.map((letter) => [letter, refusalOf(letter, { topic, reason, edited })]));
    refused.push(...[...problems.values()].filter((error) => error !== undefined));
    const others = letters.filter((letter) => problems.get(letter) === undefined);
    if (others.length > 0) possible.push({ topic, letters: others });
  }
  return { chosen: possible, refused };
}

interface Circumstances {
  readonly topic: LetterTopic;
  /** Why nothing can be delivered to the group. */
  readonly reason: string | undefined;
  readonly edited: boolean;
}

function refusalOf(letter: DeadLetter, { topic, reason, edited }: Circumstances): MsxError | undefined {
  const { id, original, cut } = letter;
  const facts = { id, topic: topic.name };
  if (!original) return new MsxError('DEAD_LETTER_FOREIGN', facts);
  if (reason !== undefined) return new MsxError('DEAD_LETTER_UNDELIVERABLE', { ...facts, reason });
  if (cut.length === 0 || edited) return undefined;
  return new MsxError('DEAD_LETTER_CUT', { ...facts, cut, original: placeText(original) });
}

/** Why messages of the topic do not reach the group; undefined if they do. */
async function undeliverable(
  { session, system }: Target,
  { topic, group }: LetterTopic,
): Promise<string | undefined> {
  if (!(await session.admin.listTopics()).includes(topic)) return `there is no topic ${topic} any longer`;
  const service = system?.services.find(({ name }) => name === group);
  if (service)
    return service.consumes.includes(topic)
      ? undefined
      : `${group} does not consume ${topic} any longer, says msx.yaml`;
  const { groups } = await session.admin.listGroups();
  if (!groups.some(({ groupId }) => groupId === group)) return `there is no consumer group ${group}`;
  const { topics } = await describeGroup(session, group);
  return topics.includes(topic) ? undefined : `the consumer group ${group} does not read ${topic}`;
}
