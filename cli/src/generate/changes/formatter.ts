import { join } from 'node:path';
import type { Options } from 'prettier';

/** Writes code as the project writes it. */
export interface Formatter {
  (path: string, text: string): Promise<string>;
  /** The same for a file that is edited, unless that would change more than the edit: a person's layout stays. */
  like(path: string, before: string, text: string): Promise<string>;
}

/** By the project's own prettier settings. What prettier does not know, or is told to leave alone, stays as it is. */
export async function formatterOf(root: string): Promise<Formatter> {
  const prettier = await import('prettier');
  const optionsOf = async (path: string): Promise<Options | undefined> => {
    const file = join(root, path);
    const { ignored, inferredParser } = await prettier.getFileInfo(file, {
      ignorePath: join(root, '.prettierignore'),
    });
    if (ignored || !inferredParser) return undefined;
    return { parser: inferredParser as Options['parser'] & string, ...(await prettier.resolveConfig(file)) };
  };
  const format = async (path: string, text: string) => {
    const options = await optionsOf(path);
    return options ? formatted(text, options) : tidy(text);
  };
  const like = async (path: string, before: string, text: string) => {
    const options = await optionsOf(path);
    if (!options) return text;
    const layout = await formatted(text, options);
    return leavesAlone(layout, { before, text }) ? layout : text;
  };
  return Object.assign(format, { like });
}

const known = new Map<string, Promise<string>>();

/**
 * Prettier's layout of a text, made once: formatting is what generating takes most of its time for, and an upgrade, or an
 * edit that changes nothing, makes the same text again.
 */
function formatted(text: string, options: Options): Promise<string> {
  const key = JSON.stringify([options, text]);
  const there = known.get(key);
  if (there) return there;
  const made = import('prettier').then((prettier) => prettier.format(text, options));
  known.set(key, made);
  return made;
}

/** Whether all lines that the edit has left as they were are so after formatting, too. */
function leavesAlone(formatted: string, { before, text }: { before: string; text: string }): boolean {
  const [kept, still] = [formatted, text].map((each) => new Set(each.split('\n')));
  return before.split('\n').every((line) => !still!.has(line) || kept!.has(line));
}

/** No two empty lines after each other, and none before what closes. */
const tidy = (text: string) => text.replace(/\n{3,}/g, '\n\n').replace(/\n\n(\s*\})/g, '\n$1');
