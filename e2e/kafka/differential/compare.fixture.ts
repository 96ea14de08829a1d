import type { Outcome } from './clients.fixture.js';

/** An error as Apache's client reports it: its class, and the words of the broker. */
const ERROR = /^(\w+(?:Exception|Error)): .*$/s;

/**
 * Errors are the same if they have the same code: each broker explains them in words of its own. The order of an object's
 * keys means nothing.
 */
const withoutWords = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(ERROR, '$1');
  if (Array.isArray(value)) return value.map(withoutWords);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, each]) => [key, withoutWords(each)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
};

const shown = (value: unknown): string => JSON.stringify(withoutWords(value)) ?? 'nothing';

/** The first step that two brokers answer differently, if any. */
export function difference(expected: Outcome, actual: Outcome | undefined): string | undefined {
  if (expected.unsupported !== undefined) return undefined;
  if (!actual?.results) return `expected a result, not ${actual?.failed ?? actual?.unsupported ?? 'nothing'}`;
  const step = expected.results!.findIndex((each, n) => shown(each) !== shown(actual.results![n]));
  if (step < 0) return undefined;
  return `step ${step + 1}: Kafka ${shown(expected.results![step])}, here ${shown(actual.results[step])}`;
}
