import { createHash } from 'node:crypto';

/** The id of the directory with the metadata of the cluster (KIP-853), in 32 hexadecimal digits. */
export const directoryIdOf = (clusterId: string): string =>
  createHash('sha256').update(clusterId).digest('hex').slice(0, 32);
