import type { Ansis } from 'ansis';

/** Rows below their headings, each column as wide as its widest cell. Cells may be coloured. */
export function table(headings: string[], rows: string[][], colours: Ansis): string {
  const bare = (cell: string) => colours.strip(cell).length;
  const widths = headings.map((heading, n) =>
    Math.max(heading.length, ...rows.map((row) => bare(row[n] ?? ''))),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, n) => cell + ' '.repeat(Math.max(0, widths[n]! - bare(cell))))
      .join('  ')
      .trimEnd();
  return [line(headings.map((heading) => colours.dim(heading))), ...rows.map(line)].join('\n');
}
