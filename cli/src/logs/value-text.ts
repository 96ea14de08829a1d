import { escapeControls } from '../terminal/escape-controls.js';

/** A longer text, or one that holds what cannot be seen, needs its name and quotes. */
const WORD = /^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u;
const BARE = /^[^\s"=\p{C}]+$/u;
const LIST_LENGTH = 32;
const TEN_SECONDS = 10_000;

/** A value that says what it is without its name. */
export function wordText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && WORD.test(value) ? value : undefined;
}

/** `0.4 ms`, `157 ms`, `12.3 s`: as exact as a person reads it, unless all of it is wanted. */
export function durationText(ms: number, exact: boolean): string {
  if (exact) return `${ms} ms`;
  if (ms >= TEN_SECONDS) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 1 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
}

/** The whole value on one line, in quotes where its end could not be seen. */
export function valueText(value: unknown): string {
  return typeof value === 'string' && BARE.test(value) ? value : json(value);
}

/** The same, and of a long list only how it begins: `order.created,order.cancelled,+2`. */
export function shortValue(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isBare)) return valueText(value);
  const [first, ...rest] = value.map(String);
  let text = first!;
  for (const [n, each] of rest.entries()) {
    if (text.length + each.length + 1 > LIST_LENGTH) return `${text},+${rest.length - n}`;
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
    // Nested deeper than the stack allows.
    return '…';
  }
}
