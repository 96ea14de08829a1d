import { randomFillSync } from 'node:crypto';

/** The position in a distributed trace, by W3C Trace Context (level 1, version 00). */
export interface TraceContext {
  /** 32 hexadecimal digits, the same in every service of the trace. */
  readonly traceId: string;
  /** 16 hexadecimal digits: this service's span. */
  readonly spanId: string;
  /** The caller's span; undefined where the trace begins. */
  readonly parentSpanId?: string;
  /** 2 hexadecimal digits; `01` asks for the trace to be recorded. */
  readonly flags: string;
}

/** Random bytes are fetched in bulk: eight bytes cost about as much as hundreds. */
const pool = Buffer.allocUnsafe(4096);
let used = pool.length;

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;

/** Continues the caller's trace; a missing or malformed `traceparent` begins a new one (W3C Trace Context, 4.3). */
export function continueTrace(traceparent?: string): TraceContext {
  const spanId = randomHex(8);
  const [, traceId, parentSpanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId) return { traceId: randomHex(16), spanId, flags: '00' };
  return { traceId, spanId, parentSpanId, flags: flags! };
}

/** The header that propagates the trace to the next service. */
export function toTraceparent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags}`;
}

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
