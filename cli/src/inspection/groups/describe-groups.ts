import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { lagOf } from '../topics/lag.js';
import { rangesOf } from '../topics/topic-ranges.js';
import { listGroups } from '../kafka/list-groups.js';
import { membershipOf } from './group-members.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { ListedGroup } from '../kafka/list-groups.js';
import type { GroupMember } from './group-members.js';
import type { PartitionRange } from '../topics/lag.js';

export interface GroupSummary {
  readonly group: string;
  /** Kafka's name of the state: Stable, Empty, PreparingRebalance, … */
  readonly state: string;
  /** The protocol of its members: `classic`, `consumer` (KIP-848), `share` or `streams`. */
  readonly type: string;
  /** Null where only the members of the other protocols can be described. */
  readonly members: number | null;
  /** Null for a share group, which commits no offsets. */
  readonly lag: number | null;
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

export interface GroupDescription extends GroupSummary {
  /** What its members are: `consumer`, `connect`; empty for a group that only has committed offsets. */
  readonly protocolType: string;
  /** What assigns the partitions: an assignor of the clients, or of the broker. */
  readonly protocol: string;
  readonly memberList: readonly GroupMember[] | null;
  readonly partitions: readonly PartitionProgress[];
}

/** All groups, by name. */
export async function describeGroups(session: KafkaSession): Promise<GroupDescription[]> {
  const described: GroupDescription[] = [];
  for (const listed of await listGroups(session)) described.push(await describe(session, listed));
  return described;
}

/** Throws GROUP_MISSING. */
export async function describeGroup(session: KafkaSession, group: string): Promise<GroupDescription> {
  const [listed] = await findGroups(session, [group]);
  return describe(session, listed!);
}

/** Throws GROUP_MISSING for the first group that does not exist. */
export async function findGroups(session: KafkaSession, names: readonly string[]): Promise<ListedGroup[]> {
  const groups = await listGroups(session);
  return names.map((name) => {
    const listed = groups.find(({ group }) => group === name);
    if (listed) return listed;
    const similar = closest(
      name,
      groups.map(({ group }) => group),
    );
    const { address } = session;
    throw new MsxError('GROUP_MISSING', { group: name, address, ...(similar && { similar }) });
  });
}

async function describe(session: KafkaSession, listed: ListedGroup): Promise<GroupDescription> {
  const { group, protocolType } = listed;
  const { memberList = null, ...membership } = await membershipOf(session, listed);
  const members = memberList?.length ?? null;
  const summary = { group, protocolType, ...membership, members };
  // Share groups commit no offsets: the broker tracks each record.
  if (membership.type === 'share') return { ...summary, lag: null, topics: [], memberList, partitions: [] };
  const owners = new Map(
    (memberList ?? []).flatMap(({ partitions, client }) => partitions.map((key) => [key, client] as const)),
  );
  const partitions = await progressesOf(session, group, owners);
  const lag = partitions.reduce((sum, each) => sum + each.lag, 0);
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  return { ...summary, lag, topics, memberList, partitions };
}

/** The progress in each partition of the topics that a group is assigned or has committed offsets of. */
async function progressesOf(
  session: KafkaSession,
  group: string,
  owners: ReadonlyMap<string, string>,
): Promise<PartitionProgress[]> {
  const { admin } = session;
  const fetched = await admin.fetchOffsets({ groupId: group });
  const committed = new Map(
    fetched.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, Number(offset)] as const),
    ),
  );
  const topics = [...new Set([...owners.keys(), ...committed.keys()].map(topicIn))].sort();
  // A topic that was deleted since has no offsets.
  const existing = new Set(await admin.listTopics());
  const ranges = await rangesOf(
    session,
    topics.filter((topic) => existing.has(topic)),
  );
  return [...ranges].flatMap(([topic, own]) =>
    own.map((range) => progressOf(topic, range, { owners, committed })),
  );
}

const topicIn = (key: string): string => key.slice(0, key.lastIndexOf('/'));

function progressOf(
  topic: string,
  range: PartitionRange,
  { owners, committed }: { owners: ReadonlyMap<string, string>; committed: ReadonlyMap<string, number> },
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
