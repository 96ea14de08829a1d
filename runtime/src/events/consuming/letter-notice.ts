import type { OpenLetters } from './letter-register.js';

/** The open dead letters in one line: `order.created.product-service.dlq: 3, the oldest of 2026-01-02T03:04:05Z`. */
export function letterNotice(letters: readonly OpenLetters[]): string | undefined {
  if (letters.length === 0) return undefined;
  return letters.map(({ topic, count, oldest }) => `${topic}: ${count}${sinceText(oldest)}`).join(', ');
}

/** A producer may set any timestamp, also one beyond the range of dates. */
function sinceText(time: number): string {
  return Math.abs(time) > 8.64e15
    ? ''
    : `, the oldest of ${new Date(time).toISOString().replace(/\.\d+Z/, 'Z')}`;
}
