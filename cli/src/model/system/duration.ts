const MS_PER_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
type Unit = keyof typeof MS_PER_UNIT;

/** Examples of durations, for messages. */
export const DURATION_FORMS = '300, 300s, 5m, 1h30m, 1.5h or 500ms';

const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;
const DURATION = new RegExp(`^(?:${PART.source})+$`);
const BARE_SECONDS = /^\d+(?:\.\d+)?$/;

/**
 * Parses a positive duration to milliseconds, in the format of Go, kubectl and helm, with days; a bare number is
 * seconds. Undefined for any other text, and for durations below a millisecond or beyond the safe integers.
 */
export function parseDuration(text: string): number | undefined {
  const source = BARE_SECONDS.test(text) ? `${text}s` : text;
  if (!DURATION.test(source)) return undefined;
  const parts = [...source.matchAll(PART)];
  const ms = Math.round(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * MS_PER_UNIT[unit as Unit], 0),
  );
  return ms > 0 && Number.isSafeInteger(ms) ? ms : undefined;
}

/** ISO 8601 with at least a date: `Date.parse` also accepts texts like "foo 1". */
const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Parses a time to milliseconds since 1970: a duration before now, or a time in ISO 8601. Undefined for any other text.
 */
export function parseTime(text: string, now: number): number | undefined {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration <= now ? now - duration : undefined;
  const time = ISO_8601.test(text) ? Date.parse(text.replace(',', '.')) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
