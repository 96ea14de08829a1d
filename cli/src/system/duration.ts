const MS_PER_UNIT = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
type Unit = keyof typeof MS_PER_UNIT;

/** What a duration may look like, for messages. */
export const DURATION_FORMS = '300, 300s, 5m, 1h30m, 1.5h or 500ms';

const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;
const DURATION = new RegExp(`^(?:${PART.source})+$`);
const BARE_SECONDS = /^\d+(?:\.\d+)?$/;

/**
 * The milliseconds of a positive duration, as Go, kubectl and helm write them, and of days; a bare number is seconds.
 * Nothing for any other text, and for what is less than a millisecond or more than can be counted exactly.
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

/** ISO 8601 with a date at least: what `Date.parse` takes beyond that, like "foo 1", nobody means. */
const ISO_8601 = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** A time as milliseconds since 1970: a duration before now, or a time in ISO 8601. Nothing for any other text. */
export function parseTime(text: string, now: number): number | undefined {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration <= now ? now - duration : undefined;
  const time = ISO_8601.test(text) ? Date.parse(text.replace(',', '.')) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
