import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { MethodDefinition } from '@grpc/grpc-js';
import { firstField } from './first-field.js';

/** grpc/health/v1/health.proto. */
export const ServingStatus = { UNKNOWN: 0, SERVING: 1, NOT_SERVING: 2, SERVICE_UNKNOWN: 3 } as const;
export type ServingStatus = (typeof ServingStatus)[keyof typeof ServingStatus];

export interface HealthCheckRequest {
  /** A full service name; empty for the server as a whole. */
  readonly service: string;
}

export interface HealthCheckResponse {
  readonly status: ServingStatus;
}

/** Field 1 as text, and field 1 as a varint. */
const SERVICE_TAG = 10;
const STATUS_TAG = 8;

const codecs = {
  requestSerialize: ({ service }: HealthCheckRequest) =>
    Buffer.from(new BinaryWriter().uint32(SERVICE_TAG).string(service).finish()),
  requestDeserialize: (bytes: Buffer): HealthCheckRequest => ({
    service: firstField(bytes, 2, (reader) => reader.string()) ?? '',
  }),
  responseSerialize: ({ status }: HealthCheckResponse) =>
    Buffer.from(new BinaryWriter().uint32(STATUS_TAG).int32(status).finish()),
  responseDeserialize: (bytes: Buffer): HealthCheckResponse => ({
    status: (firstField(bytes, 0, (reader) => reader.int32()) ?? ServingStatus.UNKNOWN) as ServingStatus,
  }),
};

/** The service definition, written by hand: two one-field messages do not warrant parsing a .proto file at start. */
export const HealthService = {
  Check: { path: '/grpc.health.v1.Health/Check', requestStream: false, responseStream: false, ...codecs },
  Watch: { path: '/grpc.health.v1.Health/Watch', requestStream: false, responseStream: true, ...codecs },
} satisfies Record<string, MethodDefinition<HealthCheckRequest, HealthCheckResponse>>;
