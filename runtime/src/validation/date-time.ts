/** ISO 8601 as restricted by RFC 3339: date, time, at most nine decimals of a second, and a zone. */
const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/** The range of google.protobuf.Timestamp. */
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

const MINUTE_MS = 60_000;

/** The expected format, for error messages. */
export const DATE_TIME_FORM = 'a date and time with a zone, such as 2026-01-31T12:00:00.000Z';

/**
 * Parses a date and time to the millisecond; further decimals are truncated. Undefined for a day or an hour that does
 * not exist, a leap second, a text without a zone, and a year outside 1 to 9999.
 */
export function parseDateTime(text: string): Date | undefined {
  const [, local, decimals = '', sign, hours, minutes] = DATE_TIME.exec(text) ?? [];
  if (local === undefined) return undefined;
  const date = new Date(`${local}${decimals.slice(0, 4)}Z`);
  // Date turns the 30th of February into the 1st of March.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(local)) return undefined;
  const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
  const time = date.getTime() - offset * MINUTE_MS;
  return time >= FIRST && time <= LAST ? new Date(time) : undefined;
}
