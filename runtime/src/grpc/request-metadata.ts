import { randomUUID } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { currentRequest } from '../logs/request-context.js';
import type { RequestContext } from '../logs/request-context.js';
import { continueTrace, toTraceparent } from '../logs/trace-context.js';

const REQUEST_ID = 'x-request-id';
const TRACEPARENT = 'traceparent';
const AUTHORIZATION = 'authorization';

/** What a caller may name its request: anything else is replaced, since it ends up in logs and headers. */
const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** The context of an incoming request, from its headers, whatever carries them. */
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

/** What a call to another service carries on behalf of the current request. */
export function outgoingMetadata(): Metadata {
  const metadata = new Metadata();
  const request = currentRequest();
  if (!request) return metadata;
  metadata.set(REQUEST_ID, request.requestId);
  metadata.set(TRACEPARENT, toTraceparent(request.trace));
  if (request.identity) metadata.set(AUTHORIZATION, `Bearer ${request.identity.token}`);
  return metadata;
}
