import { wrapAnsi } from 'fast-wrap-ansi';
import { widthOf } from './text-width.js';

/**
 * Breaks lines that are longer than `columns` at spaces, and continues each below its own beginning. A word that is
 * longer than a line, such as a path, stays whole, so that it can be copied.
 */
export const fold = (text: string, columns: number): string =>
  columns === Infinity
    ? text
    : text
        .split('\n')
        .map((line) => foldLine(line, columns))
        .join('\n');

function foldLine(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  const [indent = ''] = /^ */.exec(line)!;
  return wrapAnsi(line.slice(indent.length), Math.max(1, columns - indent.length))
    .split('\n')
    .map((each) => indent + each)
    .join('\n');
}
