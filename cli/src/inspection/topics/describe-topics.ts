import { deadLetterTopic } from '../../model/system/service-environment.js';
import { driftOf } from './drift.js';
import { lagOf, messagesIn } from './lag.js';
import { listGroups } from '../kafka/list-groups.js';
import { rangesOf } from './topic-ranges.js';
import { settingsOf } from './topic-settings.js';
import type { Admin } from 'kafkajs';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { System } from '../../model/system/system.js';
import type { TopicDrift } from './drift.js';
import type { GroupLag, PartitionRange } from './lag.js';

export interface TopicState {
  topic: string;
  /** Whether it is declared in msx.yaml, or is the dead-letter topic of a declared consumer. */
  declared: boolean;
  /** Whether it exists on the broker; services create their topics when they start. */
  exists: boolean;
  messages: number;
  partitions: PartitionRange[];
  groups: GroupLag[];
  /** How an existing topic differs from msx.yaml. */
  drift?: TopicDrift;
}

/** All topics on the broker or in msx.yaml, by name. */
export async function describeTopics(session: KafkaSession, system?: System): Promise<TopicState[]> {
  const { admin } = session;
  const declared = new Set(system ? declaredTopics(system) : []);
  const existing = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
  const ranges = await rangesOf(session, existing);
  const lags = await lagsOf(session, ranges);
  const drifts = new Map(
    (system ? await driftsOf(admin, system, ranges) : []).map((drift) => [drift.topic, drift]),
  );
  return [...new Set([...declared, ...existing])].sort().map((topic) => {
    const partitions = ranges.get(topic) ?? [];
    const drift = drifts.get(topic);
    return {
      topic,
      declared: declared.has(topic),
      exists: ranges.has(topic),
      messages: messagesIn(partitions),
      partitions,
      groups: lags.get(topic) ?? [],
      ...(drift && { drift }),
    };
  });
}

const declaredTopics = ({ topics, services }: System): string[] => [
  ...topics.map(({ name }) => name),
  ...services.flatMap(({ name, consumes }) => consumes.map((topic) => deadLetterTopic(topic, name))),
];

/** How the declared topics that exist differ from msx.yaml. */
async function driftsOf(
  admin: Admin,
  { topics }: System,
  ranges: ReadonlyMap<string, readonly PartitionRange[]>,
): Promise<TopicDrift[]> {
  const existing = topics.filter(({ name }) => ranges.has(name));
  const configured = existing.filter(({ configs }) => configs).map(({ name }) => name);
  const settings = await settingsOf(admin, configured);
  return existing.flatMap((topic) => {
    const actual = { partitions: ranges.get(topic.name)!.length, settings: settings.get(topic.name) ?? [] };
    return driftOf(topic, actual) ?? [];
  });
}

/** The lag of all groups with committed offsets, by topic. */
export async function lagsOf(
  session: KafkaSession,
  ranges: ReadonlyMap<string, PartitionRange[]>,
): Promise<Map<string, GroupLag[]>> {
  const { admin } = session;
  const lags = new Map<string, GroupLag[]>();
  // Share groups commit no offsets.
  const groups = (await listGroups(session)).filter(({ type }) => type !== 'share');
  for (const { group } of groups)
    for (const { topic, partitions } of await admin.fetchOffsets({
      groupId: group,
      topics: [...ranges.keys()],
    })) {
      const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
      if (![...committed.values()].some((offset) => offset >= 0)) continue;
      const lag = lagOf(ranges.get(topic) ?? [], committed);
      lags.set(topic, [...(lags.get(topic) ?? []), { group, lag }]);
    }
  return lags;
}
