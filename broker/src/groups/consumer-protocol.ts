import { Malformed } from '../wire/malformed.js';
import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';
import { metadataOf, type Group } from './group.js';

/**
 * What consumers say to each other through a classic group, which brokers do not have to understand: a version, and
 * what Apache Kafka defines as ConsumerProtocolSubscription and ConsumerProtocolAssignment. Later versions only append.
 */
export interface ConsumerSubscription {
  readonly version: number;
  readonly topicNames: readonly string[];
  /** What a cooperative consumer keeps while it rejoins; an eager one keeps nothing. */
  readonly owned: readonly TopicPartitions[];
}

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

/** The first version with owned partitions. */
const OWNED_VERSION = 1;

const string = (reader: Reader): string => {
  const length = reader.int16();
  if (length < 0) throw new Malformed('a topic without a name');
  return reader.slice(length).toString();
};

const list = <T>(reader: Reader, item: (reader: Reader) => T): T[] => {
  const length = reader.int32();
  if (length > reader.rest)
    throw new Malformed(`a list of ${length}, but only ${reader.rest} bytes are left`);
  return Array.from({ length }, () => item(reader));
};

const topicPartitions = (reader: Reader): TopicPartitions => ({
  topic: string(reader),
  partitions: list(reader, (each) => each.int32()),
});

const skipUserData = (reader: Reader): void => {
  const length = reader.int32();
  if (length > 0) reader.slice(length);
};

/** Throws Malformed. */
export const parseSubscription = (metadata: Buffer): ConsumerSubscription => {
  const reader = new Reader(metadata);
  const version = reader.int16();
  const topicNames = list(reader, string);
  skipUserData(reader);
  return { version, topicNames, owned: version >= OWNED_VERSION ? list(reader, topicPartitions) : [] };
};

/** Throws Malformed. A member without an assignment has an empty one. */
export const parseAssignment = (assignment: Buffer): TopicPartitions[] => {
  if (assignment.length === 0) return [];
  const reader = new Reader(assignment);
  reader.int16();
  return list(reader, topicPartitions);
};

export const writeAssignment = (version: number, topics: readonly TopicPartitions[]): Buffer => {
  const writer = new Writer();
  writer.int16(version);
  writer.int32(topics.length);
  for (const { topic, partitions } of topics) {
    const name = Buffer.from(topic);
    writer.int16(name.length);
    writer.raw(name);
    writer.int32(partitions.length);
    for (const partition of partitions) writer.int32(partition);
  }
  writer.int32(-1);
  return Buffer.concat(writer.chunks());
};

/** The topics that the members of a classic group subscribe to; undefined if the metadata of one cannot be read. */
export const subscribedTopics = (group: Group): Set<string> | undefined => {
  try {
    const metadata = [...group.members.values()].map((member) => metadataOf(member, group.protocol));
    return new Set(metadata.flatMap((bytes) => parseSubscription(bytes).topicNames));
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
};
