import type { ICustomPartitioner } from 'kafkajs';

/**
 * The partitioner of Kafka's Java client: by the hash of the key, and in turn for messages without one. kafkajs computes the
 * same hash in time quadratic in the length of the key.
 */
export const createMurmur2Partitioner: ICustomPartitioner = () => {
  let turn = 0;
  return ({ partitionMetadata, message: { key, partition } }) => {
    if (partition !== undefined && partition !== null) return partition;
    if (key !== undefined && key !== null)
      return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitionMetadata.length;
    const available = partitionMetadata.filter(({ leader }) => leader >= 0);
    const choice = available.length > 0 ? available : partitionMetadata;
    return choice[turn++ % choice.length]!.partitionId;
  };
};

const MULTIPLIER = 0x5bd1e995;
const SEED = 0x9747b28c;

/** MurmurHash2 of 32 bits, as `org.apache.kafka.common.utils.Utils.murmur2`. */
export function murmur2(data: Buffer): number {
  const tail = data.length & ~3;
  let hash = SEED ^ data.length;
  for (let at = 0; at < tail; at += 4) {
    const block = mix(Math.imul(data.readInt32LE(at), MULTIPLIER), 24);
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(block, MULTIPLIER);
  }
  if (tail < data.length) {
    const rest = data.subarray(tail).reduce((bytes, byte, n) => bytes | (byte << (8 * n)), 0);
    hash = Math.imul(hash ^ rest, MULTIPLIER);
  }
  return mix(Math.imul(mix(hash, 13), MULTIPLIER), 15);
}

function mix(hash: number, bits: number): number {
  return hash ^ (hash >>> bits);
}
