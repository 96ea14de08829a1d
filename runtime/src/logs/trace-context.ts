import { randomFillSync } from 'node:crypto';

/** Our place in a distributed trace, as W3C Trace Context has it (level 1, version 00). */
export interface TraceContext {
  /** 32 hexadecimal digits, the same in every service that takes part. */
  readonly traceId: string;
  /** 16 hexadecimal digits: this service's part in it. */
  readonly spanId: string;
  /** The caller's part; undefined where the trace begins. */
  readonly parentSpanId?: string;
  /** 2 hexadecimal digits; `01` asks for the trace to be recorded. */
  readonly flags: string;
}

/** Asking the system for random bytes costs about the same for eight of them as for hundreds. */
const pool = Buffer.allocUnsafe(4096);
let taken = pool.length;

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;

/** Continues the caller's trace; a missing or malformed `traceparent` begins a new one (W3C Trace Context, 4.3). */
export function continueTrace(traceparent?: string): TraceContext {
  const spanId = randomHex(8);
  const [, traceId, parentSpanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId) return { traceId: randomHex(16), spanId, flags: '00' };
  return { traceId, spanId, parentSpanId, flags: flags! };
}

/** The header that tells the next service about us. */
export function toTraceparent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags}`;
}

function randomHex(bytes: number): string {
  if (taken + bytes > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += bytes;
  return pool.toString('hex', taken - bytes, taken);
}
