import { AsyncLocalStorage } from 'node:async_hooks';
import type { Identity } from '../auth/principal.js';
import type { TraceContext } from './trace-context.js';

/** What every line logged on behalf of one request or event, and every call made for it, carries. */
export interface RequestContext {
  readonly requestId: string;
  readonly trace: TraceContext;
  /** Whom it is made for, proven; undefined: nobody in particular. */
  readonly identity?: Identity;
  /** What is measured of it, said as it becomes known; of requests over HTTP. */
  readonly measured?: Measured;
}

export interface Measured {
  /** What it asks for, of as many as there are: `query users`. */
  operation?: string;
  /** Of the first error of its answer. */
  code?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The request that the running code works for; undefined outside of requests. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Says of the request that runs what it is measured as. */
export function measureAs(measured: Measured): void {
  const known = storage.getStore()?.measured;
  if (!known) return;
  known.operation ??= measured.operation;
  known.code ??= measured.code;
}
