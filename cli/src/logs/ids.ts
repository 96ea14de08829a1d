import { valueText } from './value-text.js';

/** Where loggers put the id that `--request` or `--trace` looks for: that of msx's own services comes first. */
export const REQUEST_KEYS = ['requestId', 'request_id', 'reqId'] as const;
export const TRACE_KEYS = ['traceId', 'trace_id'] as const;

/** How much of an id tells it from others, and is enough to look for it. */
const SHORT_LENGTH = 8;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const HEX = /^(?:[\da-f]{16}|[\da-f]{32})$/i;
const ID_KEY = /(?:^id|Id|_id)$/;
/** Of use to tracing tools rather than to people. */
const TRACING = /^(?:trace|span|parent)/;

/** Ids that people tell apart only by comparing them; `orderId: 42` is none of them. */
export const isId = (key: string, value: unknown): value is string =>
  typeof value === 'string' &&
  (REQUEST_KEYS.includes(key as 'requestId') || UUID.test(value) || (ID_KEY.test(key) && HEX.test(value)));

/** Named as the flags are: `request=e24826a1`. An id that somebody chose is kept whole. */
export function shortId(key: string, value: string): { key: string; value: string } {
  const random = UUID.test(value) || HEX.test(value);
  return {
    key: valueText(key.replace(/(?<=.)(?:Id|_id)$/, '')),
    value: random ? value.slice(0, SHORT_LENGTH) : valueText(value),
  };
}

/** The id of the request first, those for tracing last. */
export function rankOfId(key: string): number {
  if (REQUEST_KEYS.includes(key as 'requestId')) return 0;
  return TRACING.test(key) ? 2 : 1;
}

/** What a record holds under the first of these keys that it has. */
export function idUnder(
  keys: readonly string[],
  record: Record<string, unknown> | undefined,
): string | undefined {
  const id = keys.map((key) => record?.[key]).find((value) => value !== undefined);
  return typeof id === 'string' ? id : undefined;
}
