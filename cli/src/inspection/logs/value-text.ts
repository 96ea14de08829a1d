import { escapeControls } from '../../terminal/text/escape-controls.js';

/** Longer texts, and those with invisible characters, need a name and quotes. */
const WORD = /^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u;
const BARE = /^[^\s"=\p{C}]+$/u;
const MAX_LIST_LENGTH = 32;
const TEN_SECONDS_MS = 10_000;

/** A value that is clear without its name. */
export function wordText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && WORD.test(value) ? value : undefined;
}

/** `0.4 ms`, `157 ms`, `12.3 s`: rounded for people unless `exact`. */
export function durationText(ms: number, exact: boolean): string {
  if (exact) return `${ms} ms`;
  if (ms >= TEN_SECONDS_MS) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 1 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}

/** The whole value on one line, in quotes if its end would not be visible. */
export function valueText(value: unknown): string {
  return typeof value === 'string' && BARE.test(value) ? value : json(value);
}

/** The value, with long lists shortened: `order.created,order.cancelled,+2`. */
export function shortValue(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isBare)) return valueText(value);
  const [first, ...rest] = value.map(String);
  let text = first!;
  for (const [n, each] of rest.entries()) {
    if (text.length + each.length + 1 > MAX_LIST_LENGTH) return `${text},+${rest.length - n}`;
    text += `,${each}`;
  }
  return text;
}

const isBare = (value: unknown) =>
  typeof value === 'number' || (typeof value === 'string' && BARE.test(value) && !value.includes(','));

function json(value: unknown): string {
  try {
    return escapeControls(JSON.stringify(value));
  } catch {
    // Nested too deep for the stack.
    return '…';
  }
}
