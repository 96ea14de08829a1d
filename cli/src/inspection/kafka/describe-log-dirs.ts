import type { KafkaNode } from './kafka-node.js';

export interface PartitionSize {
  readonly partition: number;
  readonly bytes: number;
}

interface Decoder {
  readInt16(): number;
  readInt32(): number;
  readInt64(): { toString(): string };
  readBoolean(): boolean;
  readString(): string;
  readArray<T>(item: (decoder: Decoder) => T): T[];
}

const DESCRIBE_LOG_DIRS = 35;
/** The last version without compact lengths. Kafka 4 serves it, and so do all since 1.0. */
const VERSION = 1;

/** The sizes of a topic's partitions on one broker (KIP-113); none if the broker does not serve DescribeLogDirs. */
export async function describeLogDirs(node: KafkaNode, topic: string): Promise<PartitionSize[]> {
  const { minVersion = 0, maxVersion = -1 } = node.versions[DESCRIBE_LOG_DIRS] ?? {};
  if (VERSION < minVersion || VERSION > maxVersion) return [];
  const [Encoder, Decoder] = await codecs();
  const directories = await node.connectionPool.send<PartitionSize[]>({
    request: {
      ...{ apiKey: DESCRIBE_LOG_DIRS, apiVersion: VERSION, apiName: 'DescribeLogDirs' },
      // All topics: the partitions of one would have to be listed.
      encode: () => Promise.resolve(new Encoder().writeInt32(-1)),
    },
    response: {
      decode: (bytes) => Promise.resolve(sizesIn(new Decoder(bytes), topic)),
      parse: (sizes) => Promise.resolve(sizes),
    },
  });
  return directories;
}

function sizesIn(decoder: Decoder, wanted: string): PartitionSize[] {
  decoder.readInt32();
  const directories = decoder.readArray((directory) => {
    directory.readInt16();
    directory.readString();
    return directory.readArray((each) => ({ topic: each.readString(), sizes: each.readArray(sizeOf) }));
  });
  return directories.flat().flatMap(({ topic, sizes }) => (topic === wanted ? sizes : []));
}

function sizeOf(decoder: Decoder): PartitionSize {
  const partition = decoder.readInt32();
  const bytes = Number(decoder.readInt64().toString());
  decoder.readInt64();
  decoder.readBoolean();
  return { partition, bytes };
}

type Encoders = [new () => { writeInt32(value: number): unknown }, new (bytes: Buffer) => Decoder];

async function codecs(): Promise<Encoders> {
  const [encoder, decoder] = await Promise.all([
    // @ts-expect-error -- kafkajs has no types for its internals
    import('kafkajs/src/protocol/encoder.js') as Promise<{ default: Encoders[0] }>,
    // @ts-expect-error -- kafkajs has no types for its internals
    import('kafkajs/src/protocol/decoder.js') as Promise<{ default: Encoders[1] }>,
  ]);
  return [encoder.default, decoder.default];
}
