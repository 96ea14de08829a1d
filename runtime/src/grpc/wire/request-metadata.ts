import { randomUUID } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { currentRequest } from '../../requests/request-context.js';
import type { RequestContext } from '../../requests/request-context.js';
import { continueTrace, toTraceparent } from '../../requests/trace-context.js';

const REQUEST_ID = 'x-request-id';
const TRACEPARENT = 'traceparent';
const AUTHORIZATION = 'authorization';

/** The request ids accepted from callers; any other is replaced, because ids end up in logs and headers. */
const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** The context of an incoming request, from the headers of any transport. */
export function contextFromHeaders(header: (name: string) => string | undefined): RequestContext {
  const id = header(REQUEST_ID);
  return {
    requestId: id && ACCEPTED_ID.test(id) ? id : randomUUID(),
    trace: continueTrace(header(TRACEPARENT)),
  };
}

export function contextFromMetadata(metadata: Metadata): RequestContext {
  return contextFromHeaders((name) => metadata.get(name)[0]?.toString());
}

export function authorizationOf(metadata: Metadata): string | undefined {
  return metadata.get(AUTHORIZATION)[0]?.toString();
}

/** The metadata that propagates the current request to another service. */
export function outgoingMetadata(): Metadata {
  const metadata = new Metadata();
  const request = currentRequest();
  if (!request) return metadata;
  metadata.set(REQUEST_ID, request.requestId);
  metadata.set(TRACEPARENT, toTraceparent(request.trace));
  if (request.identity) metadata.set(AUTHORIZATION, `Bearer ${request.identity.token}`);
  return metadata;
}
