import { DomainError } from '../errors/domain-error.js';

/** How long the disk counts as full after a failed write. */
const FAILURE_TTL_MS = 10_000;

/** The database is out of disk space, and the transaction was rolled back. */
export class DiskFull extends DomainError {
  constructor(cause: unknown) {
    super('DISK_FULL', 'The database is out of disk space: nothing was changed', {
      kind: 'unavailable',
      cause,
    });
  }
}

/** Whether the disk has space, judged by the latest writes. */
export class DiskSpace {
  private failure: { readonly at: number; readonly reason: string } | undefined;

  writeSucceeded(): void {
    this.failure = undefined;
  }

  writeFailed({ message }: Error): void {
    this.failure = { at: Date.now(), reason: message.replace(/^\w*Error: /, '') };
  }

  /** Why nothing can be written; undefined when the latest write succeeded, or none has been tried for a while. */
  get problem(): string | undefined {
    if (!this.failure || Date.now() > this.failure.at + FAILURE_TTL_MS) return undefined;
    return `no space left: ${this.failure.reason}`;
  }
}
