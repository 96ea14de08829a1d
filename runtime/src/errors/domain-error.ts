import type { ErrorKind } from './kind.js';

export interface DomainErrorOptions {
  readonly kind: ErrorKind;
  /** Details for programs; structured values are JSON text (`fields` of VALIDATION_FAILED). Clients see them. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The name in the metadata that says what the service lacks for a moment, such as its database. */
export const RESOURCE = 'resource';

/**
 * An error that callers are meant to understand: it crosses gRPC and GraphQL with its reason, message and metadata.
 * Any other error reaches callers as INTERNAL, without internal details.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly metadata: Readonly<Record<string, string>>;

  /** @param reason UPPER_SNAKE, stable, for programs: USER_NOT_FOUND */
  constructor(
    readonly reason: string,
    message: string,
    { kind, metadata = {}, cause }: DomainErrorOptions,
  ) {
    super(message, { cause });
    this.name = 'DomainError';
    this.kind = kind;
    this.metadata = metadata;
  }
}

/** The `extensions` of a GraphQL error: `{ code: 'USER_NOT_FOUND', kind: 'not-found', … }`. */
export function toGraphqlExtensions(error: unknown): Record<string, string> {
  if (!(error instanceof DomainError)) return { code: 'INTERNAL', kind: 'internal' };
  return { ...error.metadata, code: error.reason, kind: error.kind };
}
