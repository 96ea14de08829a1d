import { wrapAnsi } from 'fast-wrap-ansi';
import { widthOf } from '../terminal/text-width.js';

/** A line may begin with colours, and with spaces after them. */
// eslint-disable-next-line no-control-regex -- the escape sequences of colours begin with a control character
const BEGIN = /^((?:\u001b\[[\d;]*m)*)( *)/;

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
  const [begin, colours = '', indent = ''] = BEGIN.exec(line)!;
  return wrapAnsi(colours + line.slice(begin.length), Math.max(1, columns - indent.length))
    .split('\n')
    .map((each) => indent + each)
    .join('\n');
}
