import { alterTopic, createTopic } from './change-topics.js';
import { canApply } from './drift.js';
import { deadLetterTopic } from '../../model/system/service-environment.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { System } from '../../model/system/system.js';
import type { TopicState } from './describe-topics.js';
import type { TopicDrift } from './drift.js';

/** What makes the topics of a broker those of msx.yaml. */
export interface TopicPlan {
  /** Missing topics with their declared partitions and settings. */
  readonly create: readonly { topic: string; partitions: number; configs: Record<string, string> }[];
  readonly alter: readonly TopicDrift[];
  /** Drift that Kafka cannot undo: a topic with more partitions than declared. */
  readonly impossible: readonly TopicDrift[];
}

export function planTopics({ topics, services }: System, states: readonly TopicState[]): TopicPlan {
  const existing = new Set(states.filter(({ exists }) => exists).map(({ topic }) => topic));
  const deadLetters = services.flatMap(({ name, consumes }) =>
    consumes.map((topic) => ({ topic: deadLetterTopic(topic, name), partitions: 1, configs: {} })),
  );
  const declared = [
    ...topics.map(({ name, partitions, configs = {} }) => ({ topic: name, partitions, configs })),
    ...deadLetters,
  ];
  const drifts = states.flatMap(({ drift }) => drift ?? []);
  return {
    create: declared.filter(({ topic }) => !existing.has(topic)),
    alter: drifts.filter((drift) => canApply(drift) || drift.configs.length > 0),
    impossible: drifts.filter((drift) => !canApply(drift)),
  };
}

/** Throws KAFKA_REFUSED; the topics before the refused one are changed by then. */
export async function applyPlan(session: KafkaSession, { create, alter }: TopicPlan): Promise<void> {
  for (const { topic, ...declared } of create) await createTopic(session, topic, declared);
  for (const drift of alter) {
    const configs = Object.fromEntries(drift.configs.map(({ name, declared }) => [name, declared]));
    const partitions = canApply(drift) ? drift.partitions?.declared : undefined;
    await alterTopic(session, drift.topic, { configs, ...(partitions !== undefined && { partitions }) });
  }
}
