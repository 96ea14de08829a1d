import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { MethodDefinition } from '@grpc/grpc-js';
import { firstField } from '../grpc/wire/first-field.js';

/** The full name of the gRPC service that reports whether a session is open; the token issuer serves it. */
export const SESSIONS = 'msx.auth.v1.Sessions';

export interface IsOpenRequest {
  readonly sessionId: string;
}

export interface IsOpenResponse {
  readonly open: boolean;
}

/** Field 1 as text, and field 1 as a varint. */
const SESSION_TAG = 10;
const OPEN_TAG = 8;

/** `rpc IsOpen (string session_id = 1) returns (bool open = 1)`, written by hand, like grpc.health.v1. */
export const SessionsService = {
  isOpen: {
    path: `/${SESSIONS}/IsOpen`,
    requestStream: false,
    responseStream: false,
    requestSerialize: ({ sessionId }: IsOpenRequest) =>
      Buffer.from(new BinaryWriter().uint32(SESSION_TAG).string(sessionId).finish()),
    requestDeserialize: (bytes: Buffer): IsOpenRequest => ({
      sessionId: firstField(bytes, 2, (reader) => reader.string()) ?? '',
    }),
    responseSerialize: ({ open }: IsOpenResponse) =>
      Buffer.from(new BinaryWriter().uint32(OPEN_TAG).bool(open).finish()),
    responseDeserialize: (bytes: Buffer): IsOpenResponse => ({
      open: firstField(bytes, 0, (reader) => reader.bool()) ?? false,
    }),
  },
} satisfies Record<string, MethodDefinition<IsOpenRequest, IsOpenResponse>>;
