import type { Isolation } from '../topics/partition.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

const LEVELS: readonly Isolation[] = ['read_uncommitted', 'read_committed'];

/** The isolation level in a request (KIP-98). Kafka has no better error for an unknown one. */
export const isolationOf = (level: number): Isolation => {
  const isolation = LEVELS[level];
  if (isolation) return isolation;
  throw new KafkaError(ErrorCode.UNKNOWN_SERVER_ERROR, `Unknown isolation level ${level}`);
};
