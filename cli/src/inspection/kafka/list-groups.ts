import { protocolError } from './protocol-error.js';
import { noTaggedFields, sendRequest, serves, structsOf } from './send-request.js';
import type { Decoder } from './kafkajs-codecs.js';
import type { KafkaNode } from './kafka-node.js';
import type { KafkaSession } from './kafka-session.js';

export interface ListedGroup {
  readonly group: string;
  /** What its members are: `consumer`, `connect`; empty for a group that only has committed offsets. */
  readonly protocolType: string;
  /** Kafka's name of the state. A Kafka before 3.8 does not list it. */
  readonly state?: string;
  /** The protocol of its members: `classic`, `consumer` (KIP-848), `share`, `streams`. Absent before Kafka 3.8. */
  readonly type?: string;
}

/** The version that lists the types of groups. */
const API = { key: 16, name: 'ListGroups', version: 5, flexible: true };

/** The groups of all brokers, by name. */
export async function listGroups({ admin, cluster }: KafkaSession): Promise<ListedGroup[]> {
  await cluster.refreshMetadata();
  const { brokers } = await admin.describeCluster();
  const listed: ListedGroup[] = [];
  for (const { nodeId } of brokers) {
    const node = await cluster.findBroker({ nodeId: String(nodeId) });
    listed.push(...(await groupsOf(node)));
  }
  return listed.sort((a, b) => (a.group < b.group ? -1 : 1));
}

async function groupsOf(node: KafkaNode): Promise<ListedGroup[]> {
  if (!serves(node, API)) {
    const { groups } = await node.listGroups();
    return groups.map(({ groupId: group, protocolType }) => ({ group, protocolType }));
  }
  const { errorCode, groups } = await sendRequest(node, API, {
    // All states, and all types.
    encode: (body) => noTaggedFields(body.writeUVarInt(1).writeUVarInt(1)),
    decode: (body) => {
      body.readInt32();
      return { errorCode: body.readInt16(), groups: structsOf(body, groupIn) };
    },
  });
  if (errorCode !== 0) throw await protocolError(errorCode, null);
  return groups;
}

const groupIn = (body: Decoder): ListedGroup => ({
  group: body.readUVarIntString()!,
  protocolType: body.readUVarIntString()!,
  state: body.readUVarIntString()!,
  type: body.readUVarIntString()!.toLowerCase(),
});
