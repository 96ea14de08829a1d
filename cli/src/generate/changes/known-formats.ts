import { createHash } from 'node:crypto';
import { kebab, snake } from '../names/words.js';
import type { Formatter } from './formatter.js';

/** How texts are formatted, by what they are. The name of a system stands in them as its two casings, `NAMES`. */
export type KnownFormats = Map<string, string>;

const NAMES = ['\u0001', '\u0002'] as const;

/**
 * A formatter that looks up what is known, and asks another one for the rest, which then is known, too.
 * @param words the name of the system
 */
export function knowing(
  known: KnownFormats,
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
    const made = await make(await other());
    known.set(key, nameless(made));
    return made;
  };
  return Object.assign(
    (path: string, text: string) => recall(keyOf(path, text), (format) => format(path, text)),
    {
      like: (path: string, before: string, text: string) =>
        recall(keyOf(path, before, text), (format) => format.like(path, before, text)),
    },
  );
}
