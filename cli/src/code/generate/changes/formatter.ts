import { join } from 'node:path';
import type { Options } from 'prettier';

/** Formats code in the style of the project. */
export interface Formatter {
  (path: string, text: string): Promise<string>;
  /** The same for an edited file, unless formatting would change more than the edit: the user's layout is kept. */
  like(path: string, before: string, text: string): Promise<string>;
}

/** Uses the prettier settings of the project. Files that prettier does not support or ignores are not formatted. */
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

const cache = new Map<string, Promise<string>>();

/**
 * Formats a text with prettier and caches the result: formatting takes most of the time of a generation, and an
 * upgrade, or an edit that changes nothing, formats the same text again.
 */
function formatted(text: string, options: Options): Promise<string> {
  const key = JSON.stringify([options, text]);
  const cached = cache.get(key);
  if (cached) return cached;
  const result = import('prettier').then((prettier) => prettier.format(text, options));
  cache.set(key, result);
  return result;
}

/** Whether formatting keeps all lines that the edit did not change. */
function leavesAlone(formatted: string, { before, text }: { before: string; text: string }): boolean {
  const [kept, still] = [formatted, text].map((each) => new Set(each.split('\n')));
  return before.split('\n').every((line) => !still!.has(line) || kept!.has(line));
}

/** Removes repeated empty lines, and empty lines before a closing brace. */
const tidy = (text: string) => text.replace(/\n{3,}/g, '\n\n').replace(/\n\n(\s*\})/g, '\n$1');
