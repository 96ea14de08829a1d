/** How often an open connection checks for requests that have timed out. */
const TIMEOUT_CHECK_INTERVAL_MS = 1_000;

/** The part of kafkajs's `network/requestQueue` that the patch changes or uses. */
export interface RequestQueue {
  readonly pending: unknown[];
  readonly inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
  readonly enforceRequestTimeout: boolean;
  requestTimeoutIntervalId?: NodeJS.Timeout;
  isConnected(): boolean;
  destroy(): void;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
}

type Loaded = typeof import('kafkajs');
let loading: Promise<Loaded> | undefined;

/**
 * Loads kafkajs on first use. Its idle connections wake the process up to a thousand times a second; with the patch
 * applied here, once a second. The patch was written for kafkajs 2.2.4, the version that `package.json` pins.
 */
export const loadKafka = (): Promise<Loaded> => (loading ??= load());

async function load(): Promise<Loaded> {
  const [kafkajs, queue] = await Promise.all([import('kafkajs'), importRequestQueue()]);
  patch(queue);
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
  // As in kafkajs, which checks ten times a second.
  queue.scheduleRequestTimeoutCheck = function (this: RequestQueue) {
    if (!this.enforceRequestTimeout) return;
    this.destroy();
    this.requestTimeoutIntervalId = setInterval(() => {
      const now = Date.now();
      for (const request of this.inflight.values())
        if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
      if (!this.isConnected()) this.destroy();
    }, TIMEOUT_CHECK_INTERVAL_MS);
  };
}
