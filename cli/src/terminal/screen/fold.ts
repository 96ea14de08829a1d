import { wrapAnsi } from 'fast-wrap-ansi';
import { widthOf } from '../text/text-width.js';

/** Colours at the start of a line, and the indent after them. */
// eslint-disable-next-line no-control-regex -- the escape sequences of colours begin with a control character
const LINE_START = /^((?:\u001b\[[\d;]*m)*)( *)/;

/**
 * Wraps lines that are longer than `columns` at spaces, keeping the indent of each. A word longer than a line, such as a
 * path, stays whole, so that it can be copied.
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
  const [start, colours = '', indent = ''] = LINE_START.exec(line)!;
  return wrapAnsi(colours + line.slice(start.length), Math.max(1, columns - indent.length))
    .split('\n')
    .map((each) => indent + each)
    .join('\n');
}
