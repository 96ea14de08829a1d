import { protocolError } from './protocol-error.js';
import { noTaggedFields, sendRequest, serves, skipTaggedFields, structsOf } from './send-request.js';
import type { Decoder } from './kafkajs-codecs.js';
import type { KafkaNode } from './kafka-node.js';

/** A member of a group to which the broker assigns the partitions. */
export interface ConsumerGroupMember {
  readonly id: string;
  readonly client: string;
  readonly host: string;
  /** What it is assigned, as `topic/partition`. */
  readonly partitions: readonly string[];
}

export interface ConsumerGroup {
  readonly state: string;
  /** The assignor of the broker: `uniform` or `range`. */
  readonly assignor: string;
  readonly members: readonly ConsumerGroupMember[];
}

const API = { key: 69, name: 'ConsumerGroupDescribe', version: 0, flexible: true };
const GROUP_ID_NOT_FOUND = 69;

/**
 * A group of the consumer protocol (KIP-848), from its coordinator. Undefined if it is of another protocol, or the broker
 * is older than this one.
 */
export async function describeConsumerGroup(
  node: KafkaNode,
  group: string,
): Promise<ConsumerGroup | undefined> {
  if (!serves(node, API)) return undefined;
  const [described] = await sendRequest(node, API, {
    encode: (body) => noTaggedFields(body.writeUVarInt(2).writeUVarIntString(group).writeBoolean(false)),
    decode: (body) => {
      body.readInt32();
      return structsOf(body, groupIn);
    },
  });
  const { errorCode, errorMessage, ...rest } = described!;
  if (errorCode === GROUP_ID_NOT_FOUND) return undefined;
  if (errorCode !== 0) throw await protocolError(errorCode, errorMessage);
  return rest;
}

function groupIn(body: Decoder) {
  const [errorCode, errorMessage] = [body.readInt16(), body.readUVarIntString()];
  body.readUVarIntString();
  const state = body.readUVarIntString()!;
  skipInt32s(body, 2);
  const assignor = body.readUVarIntString()!;
  const members = structsOf(body, memberIn);
  skipInt32s(body, 1);
  return { errorCode, errorMessage, state, assignor, members };
}

function memberIn(body: Decoder): ConsumerGroupMember {
  const id = body.readUVarIntString()!;
  skipStrings(body, 2);
  skipInt32s(body, 1);
  const [client, host] = [body.readUVarIntString()!, body.readUVarIntString()!];
  body.readUVarIntArray((topic) => topic.readUVarIntString());
  skipStrings(body, 1);
  const partitions = assignmentIn(body);
  assignmentIn(body);
  return { id, client, host, partitions };
}

const UUID_BYTES = 16;

function assignmentIn(body: Decoder): string[] {
  const topics = structsOf(body, (topic) => {
    topic.readBytes(UUID_BYTES);
    const name = topic.readUVarIntString()!;
    return (topic.readUVarIntArray((each) => each.readInt32()) ?? []).map((each) => `${name}/${each}`);
  });
  skipTaggedFields(body);
  return topics.flat();
}

const skipInt32s = (body: Decoder, count: number): void => void body.readBytes(4 * count);

function skipStrings(body: Decoder, count: number): void {
  for (let left = count; left > 0; left--) body.readUVarIntString();
}
