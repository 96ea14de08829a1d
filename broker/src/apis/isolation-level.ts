import type { Isolation } from '../topics/partition.js';

const READ_COMMITTED = 1;

/** The isolation level in a request (KIP-98). */
export const isolationOf = (level: number): Isolation =>
  level === READ_COMMITTED ? 'read_committed' : 'read_uncommitted';
