import type { Place } from './transaction.js';

export const OFFSETS_TOPIC = '__consumer_offsets';
/** Kafka's offsets.topic.num.partitions. */
const PARTITIONS = 50;

/** The partition in which Kafka keeps the offsets of a group: the hash that Java has for its id. */
export const offsetsPartitionOf = (group: string): Place => {
  let hash = 0;
  for (let i = 0; i < group.length; i++) hash = (Math.imul(31, hash) + group.charCodeAt(i)) | 0;
  return [OFFSETS_TOPIC, Math.abs(hash === -0x80000000 ? 0 : hash) % PARTITIONS];
};
