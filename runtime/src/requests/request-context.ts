import { AsyncLocalStorage } from 'node:async_hooks';
import type { Identity } from './identity.js';
import type { TraceContext } from './trace-context.js';

/** The context of a request or event, which its log lines and outgoing calls carry. */
export interface RequestContext {
  readonly requestId: string;
  readonly trace: TraceContext;
  /** The authenticated caller; undefined for an anonymous request. */
  readonly identity?: Identity;
  /** The metrics labels of an HTTP request, set as they become known. */
  readonly measured?: RequestLabels;
}

export interface RequestLabels {
  /** The operation, from a bounded set: `query users`. */
  operation?: string;
  /** The code of the first error in the response. */
  code?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** The current request; undefined outside requests. */
export function currentRequest(): RequestContext | undefined {
  return storage.getStore();
}

/** Sets the metrics labels of the current request, where they are not set yet. */
export function measureAs(measured: RequestLabels): void {
  const labels = storage.getStore()?.measured;
  if (!labels) return;
  labels.operation ??= measured.operation;
  labels.code ??= measured.code;
}
