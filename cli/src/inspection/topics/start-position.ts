import { parseTime } from '../../model/system/duration.js';

/** Where to start reading, or where to reset a group to. */
export type StartPosition =
  | { readonly kind: 'beginning' | 'end' }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'time'; readonly time: number };

const NAMES: Readonly<Record<string, 'beginning' | 'end'>> = {
  beginning: 'beginning',
  earliest: 'beginning',
  end: 'end',
  latest: 'end',
};

/** `beginning`, `end`, an offset, or a time: a bare number is an offset, a duration is that long ago. */
export function parsePosition(text: string, now: number): StartPosition | undefined {
  const kind = Object.hasOwn(NAMES, text) ? NAMES[text] : undefined;
  if (kind) return { kind };
  if (/^\d{1,15}$/.test(text)) return { kind: 'offset', offset: Number(text) };
  const time = parseTime(text, now);
  return time === undefined ? undefined : { kind: 'time', time };
}
