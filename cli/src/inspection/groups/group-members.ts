import { describeConsumerGroup } from '../kafka/consumer-group-describe.js';
import { assignedPartitions } from './assigned-partitions.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { ListedGroup } from '../kafka/list-groups.js';

export interface GroupMember {
  readonly id: string;
  readonly client: string;
  readonly host: string;
  /** What it is assigned, as `topic/partition`. */
  readonly partitions: readonly string[];
}

interface Membership {
  readonly type: string;
  readonly state: string;
  /** What assigns the partitions: an assignor of the clients, or of the broker. */
  readonly protocol: string;
  /** Undefined for a group whose members msx cannot ask for: a share group, or one of Kafka Streams' own protocol. */
  readonly memberList?: readonly GroupMember[];
}

/** The state and the members of a group, whichever protocol they use. */
export async function membershipOf(session: KafkaSession, listed: ListedGroup): Promise<Membership> {
  const { group, state = 'Unknown', type = 'consumer' } = listed;
  if (type !== 'consumer' && type !== 'classic') return { type, state, protocol: '' };
  return (
    (type === 'consumer' && (await consumerMembership(session, group))) || classicMembership(session, group)
  );
}

async function consumerMembership({ cluster }: KafkaSession, group: string): Promise<Membership | undefined> {
  const coordinator = await cluster.findGroupCoordinator({ groupId: group });
  const described = await describeConsumerGroup(coordinator, group);
  if (!described) return undefined;
  const { state, assignor: protocol, members } = described;
  const memberList = members.map((member) => ({ ...member, host: withoutSlash(member.host) }));
  return { type: 'consumer', state, protocol, memberList };
}

async function classicMembership({ admin }: KafkaSession, group: string): Promise<Membership> {
  const { state, protocol, members } = (await admin.describeGroups([group])).groups[0]!;
  const memberList = members.map(({ memberId, clientId, clientHost, memberAssignment }) => ({
    ...{ id: memberId, client: clientId, host: withoutSlash(clientHost) },
    partitions: assignedPartitions(memberAssignment),
  }));
  return { type: 'classic', state, protocol, memberList };
}

/** Java's text of an address begins with a slash. */
const withoutSlash = (host: string): string => host.replace(/^\//, '');
