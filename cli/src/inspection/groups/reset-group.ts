import { MsxError } from '../../terminal/errors/msx-error.js';
import { listGroups } from '../kafka/list-groups.js';
import { namedRequest } from '../kafka/named-request.js';
import { findTopics } from '../topics/find-topic.js';
import { rangesOf } from '../topics/topic-ranges.js';
import { describeGroup, findGroups } from './describe-groups.js';
import { planReset } from './reset-plan.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { OffsetChange, PartitionOffsets, ResetTarget } from './reset-plan.js';

interface ResetOptions {
  /** Absent: the topics that the group has committed offsets of. */
  readonly topics?: readonly string[];
  readonly target: ResetTarget;
}

/** What a reset would change. Throws GROUP_MISSING, GROUP_ACTIVE, TOPIC_MISSING. */
export async function planGroupReset(
  session: KafkaSession,
  group: string,
  { topics, target }: ResetOptions,
): Promise<OffsetChange[]> {
  // A group that has never committed can be reset, as long as its topics are named.
  if (!topics) await findGroups(session, [group]);
  else await findTopics(session, topics);
  const { state, members, topics: own } = await describeKnown(session, group);
  if (members) throw new MsxError('GROUP_ACTIVE', { group, state, members, doing: 'reset' });
  const partitions: PartitionOffsets[] = [];
  for (const topic of topics ?? own) partitions.push(...(await offsetsOf(session, { group, topic }, target)));
  return planReset(partitions, target);
}

async function describeKnown(session: KafkaSession, group: string) {
  const groups = await listGroups(session);
  if (groups.some((listed) => listed.group === group)) return describeGroup(session, group);
  return { state: 'Dead', members: 0, topics: [] };
}

async function offsetsOf(
  session: KafkaSession,
  { group, topic }: { group: string; topic: string },
  target: ResetTarget,
): Promise<PartitionOffsets[]> {
  const { admin } = session;
  const ranges = (await rangesOf(session, [topic])).get(topic)!;
  const [fetched] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  const atTime = target.kind === 'time' ? await admin.fetchTopicOffsetsByTimestamp(topic, target.time) : [];
  const offsetIn = (list: readonly { partition: number; offset: string }[] = [], partition: number) =>
    Number(list.find((each) => each.partition === partition)?.offset ?? -1);
  return ranges.map((range) => {
    const committed = offsetIn(fetched?.partitions, range.partition);
    const found = offsetIn(atTime, range.partition);
    return {
      ...{ topic, ...range },
      ...(committed >= 0 && { committed }),
      ...(found >= 0 && { atTime: found }),
    };
  });
}

/** Throws KAFKA_REFUSED, also if a member has joined since. */
export async function resetGroup(
  session: KafkaSession,
  group: string,
  changes: readonly OffsetChange[],
): Promise<void> {
  const topics = [...new Set(changes.map(({ topic }) => topic))].map((topic) => ({
    topic,
    partitions: changes
      .filter((change) => change.topic === topic)
      .map(({ partition, to }) => ({ partition, offset: String(to) })),
  }));
  const { cluster } = session;
  await cluster.refreshMetadata();
  const coordinator = await cluster.findGroupCoordinator({ groupId: group });
  const committed = coordinator.offsetCommit({ ...{ groupId: group, topics }, ...NO_MEMBER });
  await namedRequest(session, { doing: `reset the group ${group}` }, committed);
}

/** Commits in no generation are accepted for a group without members only. */
const NO_MEMBER = { groupGenerationId: -1, memberId: '' };
