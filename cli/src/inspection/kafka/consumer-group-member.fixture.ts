import { noTaggedFields, sendRequest } from './send-request.js';
import type { KafkaSession } from './kafka-session.js';

const API = { key: 68, name: 'ConsumerGroupHeartbeat', version: 0, flexible: true };
const NULL = 0;

/** A client joins a group of the consumer protocol (KIP-848), and stays in it until its session ends. */
export async function joinConsumerGroup(
  { cluster }: KafkaSession,
  group: string,
  topic: string,
): Promise<void> {
  const coordinator = await cluster.findGroupCoordinator({ groupId: group });
  const errorCode = await sendRequest(coordinator, API, {
    encode: (body) =>
      noTaggedFields(
        body
          .writeUVarIntString(group)
          .writeUVarIntString('')
          .writeInt32(0)
          .writeUVarInt(NULL)
          .writeUVarInt(NULL)
          .writeInt32(60_000)
          .writeUVarInt(2)
          .writeUVarIntString(topic)
          .writeUVarInt(NULL)
          .writeUVarInt(1),
      ),
    decode: (body) => {
      body.readInt32();
      return body.readInt16();
    },
  });
  if (errorCode !== 0) throw new Error(`the heartbeat was refused with error code ${errorCode}`);
}
