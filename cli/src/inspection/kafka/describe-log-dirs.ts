import { sendRequest, serves } from './send-request.js';
import type { Decoder } from './kafkajs-codecs.js';
import type { KafkaNode } from './kafka-node.js';

export interface PartitionSize {
  readonly partition: number;
  readonly bytes: number;
}

/** The last version without compact lengths. Kafka 4 serves it, and so do all since 1.0. */
const API = { key: 35, name: 'DescribeLogDirs', version: 1 };

/** The sizes of a topic's partitions on one broker (KIP-113); none if the broker does not serve DescribeLogDirs. */
export async function describeLogDirs(node: KafkaNode, topic: string): Promise<PartitionSize[]> {
  if (!serves(node, API)) return [];
  return sendRequest(node, API, {
    // All topics: the partitions of one would have to be listed.
    encode: (body) => body.writeInt32(-1),
    decode: (body) => sizesIn(body, topic),
  });
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
