import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError, StatusObject } from '@grpc/grpc-js';
import { DomainError, RESOURCE } from './domain-error.js';
import { kindOfStatus, statusOfKind } from './kind.js';
import { decodeErrorInfo, encodeStatusDetails } from './status-details.js';

const DETAILS_KEY = 'grpc-status-details-bin';

/** Peers commonly refuse more than 8 KiB of metadata, base64 and other headers included. */
const MAX_DETAILS_BYTES = 5 * 1024;

const INTERNAL_MESSAGE = 'Internal error';

/**
 * The gRPC status of an error: a DomainError has the status of its kind and a google.rpc.ErrorInfo, anything else is
 * INTERNAL. Metadata too large for a header is left out; reason and message are always sent.
 */
export function toGrpcError(error: unknown, domain: string): StatusObject {
  const known =
    error instanceof DomainError
      ? error
      : new DomainError('INTERNAL', INTERNAL_MESSAGE, { kind: 'internal' });
  const code = statusOfKind(known.kind);
  const encode = (metadata: Readonly<Record<string, string>>): Buffer =>
    encodeStatusDetails({ code, message: known.message, info: { reason: known.reason, domain, metadata } });
  const full = encode(known.metadata);
  const metadata = new Metadata();
  metadata.set(DETAILS_KEY, full.length > MAX_DETAILS_BYTES ? encode({}) : full);
  return { code, details: known.message, metadata };
}

/** Whether the server itself sent the error, as opposed to gRPC reporting that there was no answer. */
export function answered({ metadata }: ServiceError): boolean {
  return (metadata?.get(DETAILS_KEY).length ?? 0) > 0;
}

/** What the server that answered lacks for a moment, if anything. */
export function unavailableResource({ code, metadata }: ServiceError): string | undefined {
  const details = code === status.UNAVAILABLE ? metadata?.get(DETAILS_KEY)[0] : undefined;
  return Buffer.isBuffer(details) ? decodeErrorInfo(details)?.metadata[RESOURCE] : undefined;
}

/** The DomainError that a server threw, or one made from the gRPC status; its reason is then the status name. */
export function fromGrpcError(error: ServiceError): DomainError {
  const details = error.metadata?.get(DETAILS_KEY)[0];
  const info = Buffer.isBuffer(details) ? decodeErrorInfo(details) : undefined;
  return new DomainError(info?.reason || status[error.code] || 'UNKNOWN', error.details || error.message, {
    kind: kindOfStatus(error.code),
    metadata: info?.metadata,
    cause: error,
  });
}
