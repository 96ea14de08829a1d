import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { DatabaseOutage } from './database-outage.js';

/** The database is out of disk space, and the transaction was rolled back. */
export class DiskFull extends DatabaseOutage {
  constructor(cause: unknown) {
    super('DISK_FULL', 'The database is out of disk space: nothing was changed', {
      kind: 'unavailable',
      cause,
    });
  }
}

/** Whether the disk has space, judged by the latest write. */
export class DiskSpace {
  private failure: string | undefined;

  writeSucceeded(): void {
    this.failure = undefined;
  }

  writeFailed({ message }: Error): void {
    this.failure = message.replace(/^\w*Error: /, '');
  }

  /** Why nothing can be written; undefined when the latest write succeeded. */
  get problem(): string | undefined {
    return this.failure && `no space left: ${this.failure}`;
  }
}

/** More than any free part of a page, even after PostgreSQL has compressed it. */
const PROBE_BYTES = 64 * 1024;

/** Needs new pages in the database; the transaction is to be rolled back. */
export async function takeSpace(tx: EntityManager): Promise<void> {
  await tx.query('CREATE TABLE space_probe (content text NOT NULL)');
  await tx.sql`INSERT INTO space_probe (content) VALUES (${randomBytes(PROBE_BYTES / 2).toString('hex')})`;
}
