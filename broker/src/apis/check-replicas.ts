import { refuse } from '../settings/check-config.js';
import { ErrorCode } from '../wire/error-code.js';

/** Validates the replicas that a client assigns to a partition: this broker is the only one there is. */
export const checkReplicas = (brokerIds: readonly number[], nodeId: number): void => {
  const why = problemOf(brokerIds, nodeId);
  if (why) refuse(`The manual partition assignment includes ${why}`, ErrorCode.INVALID_REPLICA_ASSIGNMENT);
};

const problemOf = (brokerIds: readonly number[], nodeId: number): string | undefined => {
  if (brokerIds.length === 0) return 'an empty replica list.';
  const sorted = brokerIds.toSorted((a, b) => a - b);
  const repeated = sorted.find((id, i) => id === sorted[i + 1]);
  if (repeated !== undefined) return `the broker ${repeated} more than once.`;
  const unknown = sorted.find((id) => id !== nodeId);
  return unknown === undefined ? undefined : `broker ${unknown}, but no such broker is registered.`;
};
