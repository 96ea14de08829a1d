import { status } from '@grpc/grpc-js';

/** The kind of a domain error; each kind is one gRPC status. */
export type ErrorKind = keyof typeof STATUS_OF_KIND;

const STATUS_OF_KIND = {
  invalid: status.INVALID_ARGUMENT,
  'not-found': status.NOT_FOUND,
  conflict: status.ALREADY_EXISTS,
  precondition: status.FAILED_PRECONDITION,
  exhausted: status.RESOURCE_EXHAUSTED,
  unauthenticated: status.UNAUTHENTICATED,
  forbidden: status.PERMISSION_DENIED,
  unavailable: status.UNAVAILABLE,
  internal: status.INTERNAL,
} as const;

/** Statuses that no kind maps to, but that other servers and gRPC itself return. */
const KIND_OF_FOREIGN_STATUS: Partial<Record<status, ErrorKind>> = {
  [status.DEADLINE_EXCEEDED]: 'unavailable',
  [status.CANCELLED]: 'unavailable',
  [status.ABORTED]: 'conflict',
  [status.OUT_OF_RANGE]: 'invalid',
};

const KIND_OF_STATUS = new Map<status, ErrorKind>(
  Object.entries(STATUS_OF_KIND).map(([kind, code]) => [code, kind as ErrorKind]),
);

export function statusOfKind(kind: ErrorKind): status {
  return STATUS_OF_KIND[kind];
}

/** Every status without a domain meaning (UNKNOWN, UNIMPLEMENTED, DATA_LOSS, …) is `internal`. */
export function kindOfStatus(code: status): ErrorKind {
  return KIND_OF_STATUS.get(code) ?? KIND_OF_FOREIGN_STATUS[code] ?? 'internal';
}
