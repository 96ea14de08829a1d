import { protocolError } from './protocol-error.js';
import { noTaggedFields, sendRequest, skipTaggedFields, structsOf } from './send-request.js';
import type { Decoder, Encoder } from './kafkajs-codecs.js';
import type { KafkaSession } from './kafka-session.js';

/*
 * kafkajs sends these requests as well, but drops the reasons that Kafka gives for a refusal: only they say which setting is
 * wrong, and why.
 */

type Settings = readonly (readonly [name: string, value: string])[];

interface NewTopic {
  readonly topic: string;
  /** -1 for the default of the broker, here and for the replication (KIP-464). */
  readonly partitions: number;
  readonly replication: number;
  readonly configs: Settings;
}

const TIMEOUT_MS = 10_000;

const CREATE_TOPICS = { key: 19, name: 'CreateTopics', version: 5, flexible: true };

/** Returns the number of its partitions. */
export async function requestTopic(session: KafkaSession, { topic, ...facts }: NewTopic): Promise<number> {
  const { partitions, replication, configs } = facts;
  const [created] = await sendRequest(await controllerOf(session), CREATE_TOPICS, {
    encode: (body) => {
      body.writeUVarInt(2).writeUVarIntString(topic).writeInt32(partitions).writeInt16(replication);
      body.writeUVarInt(1).writeUVarInt(configs.length + 1);
      for (const [name, value] of configs)
        noTaggedFields(body.writeUVarIntString(name).writeUVarIntString(value));
      return noTaggedFields(noTaggedFields(body).writeInt32(TIMEOUT_MS).writeBoolean(false));
    },
    decode: (body) => {
      body.readInt32();
      return structsOf(body, createdIn);
    },
  });
  await check(created!);
  return created!.partitions;
}

function createdIn(body: Decoder) {
  body.readUVarIntString();
  const refusal = { errorCode: body.readInt16(), errorMessage: body.readUVarIntString() };
  const partitions = body.readInt32();
  body.readInt16();
  body.readUVarIntArray((config) => {
    config.readUVarIntString();
    config.readUVarIntString();
    config.readBytes(3);
    skipTaggedFields(config);
  });
  return { ...refusal, partitions };
}

const CREATE_PARTITIONS = { key: 37, name: 'CreatePartitions', version: 1 };
const NULL_ARRAY = -1;

/** Adds partitions to a topic, up to a number. */
export async function requestPartitions(session: KafkaSession, topic: string, count: number): Promise<void> {
  const [grown] = await sendRequest(await controllerOf(session), CREATE_PARTITIONS, {
    encode: (body) =>
      body
        .writeInt32(1)
        .writeString(topic)
        .writeInt32(count)
        .writeInt32(NULL_ARRAY)
        .writeInt32(TIMEOUT_MS)
        .writeBoolean(false),
    decode: (body) => {
      body.readInt32();
      return body.readArray((each) => {
        each.readString();
        return { errorCode: each.readInt16(), errorMessage: each.readString() };
      });
    },
  });
  await check(grown!);
}

const ALTER_CONFIGS = { key: 44, name: 'IncrementalAlterConfigs', version: 0 };
const TOPIC = 2;
const SET = 0;
const DELETE = 1;

/** Changes settings of a topic, all or none; those that are not named stay as they are (KIP-339). */
export async function requestSettings(
  session: KafkaSession,
  topic: string,
  { configs, unset }: { configs: Settings; unset: readonly string[] },
): Promise<void> {
  const [altered] = await sendRequest(await controllerOf(session), ALTER_CONFIGS, {
    encode: (body) => {
      body
        .writeInt32(1)
        .writeInt8(TOPIC)
        .writeString(topic)
        .writeInt32(configs.length + unset.length);
      for (const [name, value] of configs) writeChange(body, name, value);
      for (const name of unset) writeChange(body, name, null);
      return body.writeBoolean(false);
    },
    decode: (body) => {
      body.readInt32();
      return body.readArray((each) => {
        const refusal = { errorCode: each.readInt16(), errorMessage: each.readString() };
        each.readInt8();
        each.readString();
        return refusal;
      });
    },
  });
  await check(altered!);
}

const writeChange = (body: Encoder, name: string, value: string | null): Encoder =>
  body
    .writeString(name)
    .writeInt8(value === null ? DELETE : SET)
    .writeString(value);

async function controllerOf({ cluster }: KafkaSession) {
  await cluster.refreshMetadata();
  return cluster.findControllerBroker();
}

async function check({ errorCode, errorMessage }: { errorCode: number; errorMessage: string | null }) {
  if (errorCode !== 0) throw await protocolError(errorCode, errorMessage);
}
