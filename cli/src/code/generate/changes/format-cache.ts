import { createHash } from 'node:crypto';
import { kebab, snake } from '../names/words.js';
import type { Formatter } from './formatter.js';

/**
 * Formatted texts by the hash of the unformatted ones. The name of the system is replaced by placeholders for its two
 * casings, `NAMES`.
 */
export type FormatCache = Map<string, string>;

const NAMES = ['\u0001', '\u0002'] as const;

/**
 * A formatter that looks texts up in a cache, and otherwise uses another formatter and adds its result to the cache.
 * @param words the words of the system's name
 */
export function cachingFormatter(
  known: FormatCache,
  words: readonly string[],
  other: () => Promise<Formatter>,
): Formatter {
  const names = [kebab(words), snake(words)];
  const nameless = (text: string) => names.reduce((rest, name, n) => rest.replaceAll(name, NAMES[n]!), text);
  const named = (text: string) => NAMES.reduce((rest, mark, n) => rest.replaceAll(mark, names[n]!), text);
  // A name of one word is the same in both casings.
  const keyOf = (...texts: string[]) =>
    createHash('sha256')
      .update(nameless(texts.join('\0')).replaceAll(NAMES[1], NAMES[0]))
      .digest('base64');
  const recall = async (key: string, make: (formatter: Formatter) => Promise<string>) => {
    const text = known.get(key);
    if (text !== undefined) return named(text);
    const result = await make(await other());
    known.set(key, nameless(result));
    return result;
  };
  return Object.assign(
    (path: string, text: string) => recall(keyOf(path, text), (format) => format(path, text)),
    {
      like: (path: string, before: string, text: string) =>
        recall(keyOf(path, before, text), (format) => format.like(path, before, text)),
    },
  );
}
