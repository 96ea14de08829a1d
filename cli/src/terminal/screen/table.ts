import { wrapAnsi } from 'fast-wrap-ansi';
import { columnsOf } from './screen.js';
import { cut, widthOf } from '../text/text-width.js';
import type { Ansis } from 'ansis';

export interface Column {
  readonly heading: string;
  /** Left out if the screen is too narrow, starting with the last one. */
  readonly optional?: boolean;
  /** For the last column: text that does not fit is cut with `…` instead of wrapped. */
  readonly cut?: boolean;
}

interface Layout {
  readonly cut: boolean;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly colours: Ansis;
  /** Width of the screen. */
  readonly columns: number;
}

const GAP = '  ';
/** A narrower last column would not be readable. */
const MIN_LAST_COLUMN = 16;

/**
 * Rows below their headings, with no line longer than the screen: to fit, optional columns are left out, then the last
 * column is wrapped, and finally each row becomes a block. Cells may be coloured.
 */
export function table(
  columns: readonly (string | Column)[],
  rows: readonly (readonly string[])[],
  colours: Ansis,
): string {
  const all = columns.map((column) => (typeof column === 'string' ? { heading: column } : column));
  return fitTable(all, { cut: false, headings: [], rows, colours, columns: columnsOf(process.stdout) });
}

function fitTable(columns: readonly Column[], { rows, ...rest }: Layout): string {
  const headings = columns.map(({ heading }) => heading);
  const layout = { ...rest, rows, headings, cut: columns.at(-1)?.cut === true };
  const widths = widthsOf(layout);
  const remaining = rest.columns - total(widths);
  if (remaining >= 0) return gridOf(layout, widths);
  const dropped = columns.findLastIndex(({ optional }) => optional);
  if (dropped >= 0)
    return fitTable(columns.toSpliced(dropped, 1), {
      ...layout,
      rows: rows.map((row) => row.toSpliced(dropped, 1)),
    });
  const last = widths.at(-1)! + remaining;
  if (last >= MIN_LAST_COLUMN) return gridOf(layout, [...widths.slice(0, -1), last]);
  return blocksOf(layout);
}

const widthsOf = ({ headings, rows }: Layout): number[] =>
  headings.map((heading, n) => Math.max(widthOf(heading), ...rows.map((row) => widthOf(row[n] ?? ''))));

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);

function gridOf({ headings, rows, colours, cut: cuts }: Layout, widths: readonly number[]): string {
  const padded = (cell: string, n: number) => cell + ' '.repeat(Math.max(0, widths[n]! - widthOf(cell)));
  const line = (cells: readonly string[]) => cells.map(padded).join(GAP).trimEnd();
  const indent = ' '.repeat(total(widths) - widths.at(-1)!);
  const linesOf = (row: readonly string[]) => {
    const [cell, width] = [row.at(-1) ?? '', widths.at(-1)!];
    const [first = '', ...more] = cuts ? [cut(cell, width)] : wrapped(cell, width);
    return [line([...row.slice(0, -1), first]), ...more.map((each) => indent + each)];
  };
  return [line(headings.map((heading) => colours.dim(heading))), ...rows.flatMap(linesOf)].join('\n');
}

/** The first cell of each row, and below it the other cells with their headings, one per line. */
function blocksOf({ headings, rows, colours, columns }: Layout): string {
  const [, ...others] = headings;
  const label = Math.max(...others.map(widthOf)) + GAP.length * 2;
  const valueLines = (value: string, n: number) =>
    wrapped(value, columns - label).map((text, at) => {
      const heading = at === 0 ? others[n]! : '';
      return `${GAP}${colours.dim(heading)}${' '.repeat(label - GAP.length - widthOf(heading))}${text}`;
    });
  return rows
    .map(([first, ...values]) => [first, ...values.flatMap((v, n) => (v ? valueLines(v, n) : []))].join('\n'))
    .join('\n');
}

/** Wraps at spaces; a word longer than a line is cut. */
const wrapped = (text: string, width: number): string[] =>
  wrapAnsi(text, width)
    .split('\n')
    .map((line) => cut(line, width));
