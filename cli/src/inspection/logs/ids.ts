import { valueText } from './value-text.js';

/** The keys that loggers use for the ids of `--request` and `--trace`; those of msx services come first. */
export const REQUEST_KEYS = ['requestId', 'request_id', 'reqId'] as const;
export const TRACE_KEYS = ['traceId', 'trace_id'] as const;

/** Enough to distinguish ids, and to search for one. */
const SHORT_LENGTH = 8;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const HEX = /^(?:[\da-f]{16}|[\da-f]{32})$/i;
const ID_KEY = /(?:^id|Id|_id)$/;
/** Useful to tracing tools rather than to people. */
const TRACING = /^(?:trace|span|parent)/;

/** Opaque ids; `orderId: 42` is not one of them. */
export const isId = (key: string, value: unknown): value is string =>
  typeof value === 'string' &&
  (REQUEST_KEYS.includes(key as 'requestId') || UUID.test(value) || (ID_KEY.test(key) && HEX.test(value)));

/** Named like the flags: `request=e24826a1`. An id that is not random is kept whole. */
export function shortId(key: string, value: string): { key: string; value: string } {
  const random = UUID.test(value) || HEX.test(value);
  return {
    key: valueText(key.replace(/(?<=.)(?:Id|_id)$/, '')),
    value: random ? value.slice(0, SHORT_LENGTH) : valueText(value),
  };
}

/** The request id first, tracing ids last. */
export function rankOfId(key: string): number {
  if (REQUEST_KEYS.includes(key as 'requestId')) return 0;
  return TRACING.test(key) ? 2 : 1;
}

/** The value of the first of these keys that a record has. */
export function idUnder(
  keys: readonly string[],
  record: Record<string, unknown> | undefined,
): string | undefined {
  const id = keys.map((key) => record?.[key]).find((value) => value !== undefined);
  return typeof id === 'string' ? id : undefined;
}
