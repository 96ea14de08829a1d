import { importDecoder, patchHeaders } from './header-decoder.js';

/** The part of kafkajs's `network/requestQueue` that the patch changes or uses. */
export interface RequestQueue {
  readonly pending: unknown[];
  readonly inflight: Map<number, SentRequest>;
  readonly enforceRequestTimeout: boolean;
  /** Cleared when the connection is closed. */
  requestTimeoutIntervalId?: NodeJS.Timeout | null;
  isConnected(): boolean;
  sendSocketRequest(request: unknown): void;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
}

interface SentRequest {
  readonly sentAt: number;
  readonly requestTimeout: number;
  timeoutRequest(): void;
}

type Loaded = typeof import('kafkajs');
let loading: Promise<Loaded> | undefined;

/**
 * Loads kafkajs on first use. Its idle connections wake the process up to a thousand times a second; with the patch
 * applied here, only when an answer is overdue. Another patch fixes how it reads headers. They were written for kafkajs 2.2.4,
 * the version that `package.json` pins.
 */
export const loadKafka = (): Promise<Loaded> => (loading ??= load());

async function load(): Promise<Loaded> {
  const [kafkajs, queue, decoder] = await Promise.all([
    import('kafkajs'),
    importRequestQueue(),
    importDecoder(),
  ]);
  patch(queue);
  patchHeaders(decoder);
  return kafkajs;
}

/** The prototype of the request queue that every connection of kafkajs has. */
export async function importRequestQueue(): Promise<RequestQueue> {
  // @ts-expect-error -- kafkajs has no types for its internals
  const { default: queue } = await import('kafkajs/src/network/requestQueue/index.js');
  return (queue as { prototype: RequestQueue }).prototype;
}

function patch(queue: RequestQueue): void {
  const schedule = queue.scheduleCheckPendingRequests;
  // kafkajs reschedules this timer continuously, with a negative delay, even without pending requests.
  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
  // kafkajs checks every connection for overdue answers ten times a second, also when it waits for none.
  queue.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
    clearTimeout(this.requestTimeoutIntervalId ?? undefined);
    this.requestTimeoutIntervalId = undefined;
  };
  const send = queue.sendSocketRequest;
  queue.sendSocketRequest = function (this: RequestQueue, request) {
    send.call(this, request);
    awaitDeadline(this);
  };
}

/** Sets one timer, for the request whose answer is due first. */
function awaitDeadline(queue: RequestQueue): void {
  const { inflight, enforceRequestTimeout, requestTimeoutIntervalId } = queue;
  if (!enforceRequestTimeout || requestTimeoutIntervalId || inflight.size === 0) return;
  const deadline = Math.min(
    ...[...inflight.values()].map(({ sentAt, requestTimeout }) => sentAt + requestTimeout),
  );
  queue.requestTimeoutIntervalId = setTimeout(
    () => {
      queue.requestTimeoutIntervalId = undefined;
      for (const request of [...inflight.values()])
        if (Date.now() - request.sentAt > request.requestTimeout) request.timeoutRequest();
      if (queue.isConnected()) awaitDeadline(queue);
    },
    Math.max(0, deadline - Date.now()) + 1,
  );
}
