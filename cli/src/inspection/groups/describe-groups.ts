import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { lagOf } from '../topics/lag.js';
import { rangesOf } from '../topics/topic-ranges.js';
import { assignedPartitions } from './assigned-partitions.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { PartitionRange } from '../topics/lag.js';

export interface GroupSummary {
  readonly group: string;
  /** Kafka's name of the state: Stable, Empty, PreparingRebalance, … */
  readonly state: string;
  readonly members: number;
  readonly lag: number;
  readonly topics: readonly string[];
}

export interface PartitionProgress extends PartitionRange {
  readonly topic: string;
  /** Absent without a committed offset. */
  readonly committed?: number;
  readonly lag: number;
  /** The client id of the member that it is assigned to. */
  readonly client?: string;
}

export interface GroupMember {
  readonly id: string;
  readonly client: string;
  readonly host: string;
}

export interface GroupDescription extends GroupSummary {
  readonly protocol: string;
  readonly memberList: readonly GroupMember[];
  readonly partitions: readonly PartitionProgress[];
}

/** All groups, by name. */
export async function listGroups(session: KafkaSession): Promise<GroupDescription[]> {
  const { groups } = await session.admin.listGroups();
  const described: GroupDescription[] = [];
  for (const name of groups.map(({ groupId }) => groupId).sort())
    described.push(await describe(session, name));
  return described;
}

/** Throws GROUP_MISSING. */
export async function describeGroup(session: KafkaSession, group: string): Promise<GroupDescription> {
  await findGroups(session, [group]);
  return describe(session, group);
}

/** Throws GROUP_MISSING for the first group that does not exist. */
export async function findGroups({ admin, address }: KafkaSession, names: readonly string[]): Promise<void> {
  const { groups } = await admin.listGroups();
  const known = groups.map(({ groupId }) => groupId);
  const missing = names.find((name) => !known.includes(name));
  if (missing === undefined) return;
  const similar = closest(missing, known);
  throw new MsxError('GROUP_MISSING', { group: missing, address, ...(similar && { similar }) });
}

async function describe(session: KafkaSession, group: string): Promise<GroupDescription> {
  const { admin } = session;
  const described = await admin.describeGroups([group]);
  const committed = await admin.fetchOffsets({ groupId: group });
  const { state, protocol, members } = described.groups[0]!;
  const owners = new Map(
    members.flatMap(({ memberAssignment, clientId }) =>
      assignedPartitions(memberAssignment).map((key) => [key, clientId] as const),
    ),
  );
  const committedOf = new Map(
    committed.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)] as const),
    ),
  );
  const topics = [...new Set([...owners.keys(), ...committedOf.keys()].map(topicIn))].sort();
  // A topic that was deleted since has no offsets.
  const existing = new Set(await admin.listTopics());
  const ranges = await rangesOf(
    session,
    topics.filter((topic) => existing.has(topic)),
  );
  const partitions = [...ranges].flatMap(([topic, own]) =>
    own.map((range) => progressOf(topic, range, { owners, committed: committedOf })),
  );
  return {
    ...{ group, state, protocol, members: members.length, topics, partitions },
    lag: partitions.reduce((sum, { lag }) => sum + lag, 0),
    memberList: members.map(({ memberId, clientId, clientHost }) => ({
      ...{ id: memberId, client: clientId, host: clientHost.replace(/^\//, '') },
    })),
  };
}

const topicIn = (key: string): string => key.slice(0, key.lastIndexOf('/'));

function progressOf(
  topic: string,
  range: PartitionRange,
  { owners, committed }: { owners: Map<string, string>; committed: Map<string, number> },
): PartitionProgress {
  const key = `${topic}/${range.partition}`;
  const offset = committed.get(key) ?? -1;
  const client = owners.get(key);
  return {
    ...{ topic, ...range },
    ...(offset >= 0 && { committed: offset }),
    lag: lagOf([range], new Map([[range.partition, offset]])),
    ...(client !== undefined && { client }),
  };
}
