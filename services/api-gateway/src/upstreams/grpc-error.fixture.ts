import grpc from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

export function refused(reason: string, message: string, kind: string): ServiceError {
  const metadata = new grpc.Metadata();
  metadata.set('reason', reason);
  const code = kind === 'not-found' ? grpc.status.NOT_FOUND : grpc.status.ALREADY_EXISTS;
  return Object.assign(new Error(message), { code, details: message, metadata });
}

export function notFound(reason: string, id: string): never {
  throw refused(reason, `there is no ${id}`, 'not-found');
}
