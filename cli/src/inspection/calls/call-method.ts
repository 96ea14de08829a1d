import { randomUUID } from 'node:crypto';
import { fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import type { DescMethod, JsonValue, Message } from '@bufbuild/protobuf';
import { Client, Metadata, status } from '@grpc/grpc-js';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { credentialsFor } from './channel.js';
import { errorInfoIn } from './error-info.js';
import { impossibleDate } from './impossible-date.js';
import { signatureOf } from './methods.js';
import type { Contract } from './methods.js';
import type { System } from '../../model/system/system.js';

/** The caller wants the whole answer, however large it is. */
const UNLIMITED = { 'grpc.max_receive_message_length': -1 };

export interface CallOptions {
  readonly token?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** host:port (default: 127.0.0.1 and the port in msx.yaml). */
  readonly address?: string;
}

/**
 * Calls a method with a request as JSON, and yields its answers as JSON: one, or all of a stream. Throws
 * REQUEST_INVALID, CALL_FAILED, SERVICE_UNREACHABLE, NO_CERTIFICATES, USAGE.
 */
export async function* callMethod(
  { system, contract, method }: { system: System; contract: Contract; method: DescMethod },
  json: JsonValue,
  { token, timeoutMs, signal, address }: CallOptions,
): AsyncGenerator<JsonValue> {
  const { service, registry } = contract;
  const request = requestOf(method, json, contract);
  const target = address ?? `127.0.0.1:${service.port}`;
  const deadline = Date.now() + timeoutMs;
  const credentials = await credentialsFor({ system, service }, { address: target, timeoutMs });
  // With an explicit scheme, since gRPC would take a host named dns or unix for one.
  const client = new Client(`dns:///${target}`, credentials, UNLIMITED);
  const requestId = randomUUID();
  const metadata = metadataOf({
    'x-request-id': requestId,
    ...(token && { authorization: `Bearer ${token}` }),
  });
  const call = client.makeServerStreamRequest(
    `/${method.parent.typeName}/${method.name}`,
    (message: Message) => Buffer.from(toBinary(method.input, message)),
    (bytes: Buffer) => fromBinary(method.output, bytes),
    request,
    metadata,
    { deadline },
  );
  const abort = () => call.cancel();
  signal.addEventListener('abort', abort);
  try {
    yield* answersOf(call, (message) =>
      toJson(method.output, message, { registry, alwaysEmitImplicit: true }),
    );
  } catch (error) {
    if (signal.aborted) throw new MsxError('INTERRUPTED', {});
    throw callError(error as ServiceError, { contract, method, requestId });
  } finally {
    signal.removeEventListener('abort', abort);
    client.close();
  }
}

/** A unary answer is a stream of one message. */
async function* answersOf(
  call: ClientReadableStream<Message>,
  toAnswer: (message: Message) => JsonValue,
): AsyncGenerator<JsonValue> {
  for await (const message of call) yield toAnswer(message as Message);
}

function requestOf(method: DescMethod, json: JsonValue, { service, registry }: Contract): Message {
  if (method.methodKind !== 'unary' && method.methodKind !== 'server_streaming')
    throw new MsxError('USAGE', {
      reason: `${method.name} is a client-streaming method, which msx call does not support`,
    });
  try {
    const date = impossibleDate(method.input, json);
    if (date !== undefined) throw new Error(`there is no such date: ${JSON.stringify(date)}`);
    return fromJson(method.input, json, { registry });
  } catch (error) {
    const reason = reasonOf(error as Error, method);
    throw new MsxError('REQUEST_INVALID', {
      service: service.name,
      method: method.name,
      reason: reason + hintFor(reason, method),
      signature: signatureOf(method.input, true),
    });
  }
}

/** The reason from the decoder. For a nested message, the decoder names its type but not that this type was expected. */
function reasonOf({ message }: Error, { input }: DescMethod): string {
  const [, type, reason] = /^cannot decode message (\S+) from JSON: ([^]*)$/.exec(message) ?? [];
  if (!type) return message;
  if (type === input.typeName) return reason!;
  const isValue = /^("[^]*"|-?\d.*|true|false|null|string|array\(.*|object)$/.test(reason!);
  return isValue ? `expected ${type}, got ${reason}` : `${type}: ${reason}`;
}

function hintFor(reason: string, { input }: DescMethod): string {
  const [, key] = /key "([^"]*)" is unknown/.exec(reason) ?? [];
  const similar =
    key &&
    closest(
      key,
      input.fields.map(({ jsonName }) => jsonName),
    );
  return similar ? `; did you mean "${similar}"?` : '';
}

/** Throws USAGE for a token that is not a valid header value. */
function metadataOf(headers: Record<string, string>): Metadata {
  const metadata = new Metadata();
  try {
    for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  } catch {
    throw new MsxError('USAGE', { reason: 'the token contains characters that are not allowed in a header' });
  }
  return metadata;
}

interface FailedCall {
  readonly contract: Contract;
  readonly method: DescMethod;
  readonly requestId: string;
}

function callError(error: ServiceError, { contract, method, requestId }: FailedCall): Error {
  if (error.code === undefined) return error;
  return new MsxError('CALL_FAILED', {
    service: contract.service.name,
    method: method.name,
    requestId,
    status: status[error.code]!,
    reason: error.details,
    ...errorInfoIn(error.metadata),
  });
}
