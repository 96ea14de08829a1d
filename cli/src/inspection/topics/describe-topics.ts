import kafkajs from 'kafkajs';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { deadLetterTopic } from '../../model/system/service-environment.js';
import { lagOf, messagesIn } from './lag.js';
import type { Admin } from 'kafkajs';
import type { System } from '../../model/system/system.js';
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
}

const TIMEOUT_MS = 3000;

/** All topics on the broker or in msx.yaml, by name. Throws KAFKA_UNREACHABLE. */
export async function describeTopics(system: System, address: string): Promise<TopicState[]> {
  const kafka = new kafkajs.Kafka({
    clientId: 'msx',
    brokers: address.split(','),
    connectionTimeout: TIMEOUT_MS,
    requestTimeout: TIMEOUT_MS,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 1 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await describe(system, admin);
  } catch (error) {
    throw new MsxError('KAFKA_UNREACHABLE', { address, reason: (error as Error).message }, { cause: error });
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

async function describe(system: System, admin: Admin): Promise<TopicState[]> {
  const declared = new Set(declaredTopics(system));
  const existing = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
  const ranges = new Map(
    await Promise.all(existing.map(async (topic) => [topic, await rangesOf(admin, topic)] as const)),
  );
  const lags = await lagsOf(admin, ranges);
  return [...new Set([...declared, ...existing])].sort().map((topic) => {
    const partitions = ranges.get(topic) ?? [];
    return {
      topic,
      declared: declared.has(topic),
      exists: ranges.has(topic),
      messages: messagesIn(partitions),
      partitions,
      groups: lags.get(topic) ?? [],
    };
  });
}

const declaredTopics = ({ topics, services }: System): string[] => [
  ...topics.map(({ name }) => name),
  ...services.flatMap(({ name, consumes }) => consumes.map((topic) => deadLetterTopic(topic, name))),
];

async function rangesOf(admin: Admin, topic: string): Promise<PartitionRange[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
    .sort((a, b) => a.partition - b.partition);
}

/** The lag of all groups with committed offsets, by topic. */
async function lagsOf(admin: Admin, ranges: Map<string, PartitionRange[]>): Promise<Map<string, GroupLag[]>> {
  const lags = new Map<string, GroupLag[]>();
  const { groups } = await admin.listGroups();
  for (const group of groups.map(({ groupId }) => groupId).sort())
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
