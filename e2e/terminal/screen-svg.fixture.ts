import type xterm from '@xterm/headless';

type Emulator = InstanceType<typeof xterm.Terminal>;
type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<Emulator['buffer']['active']['getLine']>>['getCell']>
>;

const WIDTH = 8.4;
const HEIGHT = 19;
const MARGIN = 16;
const BAR = 32;
const BACKGROUND = '#161b22';
const FOREGROUND = '#e6edf3';
/** The sixteen colours of ANSI, legible on the background. */
const PALETTE = [
  ...['#6e7681', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9'],
  ...['#8b949e', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0ff', '#ffffff'],
];

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function styleOf(cell: Cell): string {
  const colour = cell.isFgPalette() ? PALETTE[cell.getFgColor()] : undefined;
  return [
    colour ? ` fill="${colour}"` : '',
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isDim() ? ' opacity="0.6"' : '',
    cell.isUnderline() ? ' text-decoration="underline"' : '',
  ].join('');
}

/** The parts between gaps: browsers collapse several spaces into one, and would stretch the rest over the gap. */
const partsOf = (text: string) =>
  [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: part, index }) => ({ text: part, at: index }));

/** The consecutive cells of a row with the same style, each span as one text at its column. */
function textsOf(emulator: Emulator, y: number, row: number): string {
  const line = emulator.buffer.active.getLine(y)!;
  const spans: { x: number; style: string; text: string }[] = [];
  for (let x = 0; x < emulator.cols; x++) {
    const cell = line.getCell(x)!;
    const style = styleOf(cell);
    const text = cell.getChars() || ' ';
    if (spans.at(-1)?.style === style) spans.at(-1)!.text += text;
    else spans.push({ x, style, text });
  }
  const top = BAR + MARGIN + (row + 0.75) * HEIGHT;
  return spans
    .flatMap(({ x, style, text }) => partsOf(text).map((part) => ({ ...part, x: x + part.at, style })))
    .map(({ x, style, text }) => {
      const left = (MARGIN + x * WIDTH).toFixed(1);
      const length = (text.length * WIDTH).toFixed(1);
      return `<text x="${left}" y="${top}" textLength="${length}"${style}>${escaped(text)}</text>`;
    })
    .join('\n');
}

/** A picture of the rows from `first` on, in the frame of a window. */
export function screenSvg(emulator: Emulator, { first, rows }: { first: number; rows: number }): string {
  const width = Math.ceil(emulator.cols * WIDTH + 2 * MARGIN);
  const height = BAR + 2 * MARGIN + rows * HEIGHT;
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map(
    (colour, n) => `<circle cx="${MARGIN + 6 + n * 20}" cy="18" r="6" fill="${colour}"/>`,
  );
  const texts = Array.from({ length: rows }, (_, row) => textsOf(emulator, first + row, row)).filter(Boolean);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${BACKGROUND}" stroke="#6e7681"/>
${buttons.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', monospace" font-size="14" fill="${FOREGROUND}" xml:space="preserve" lengthAdjust="spacingAndGlyphs">
${texts.join('\n')}
</g>
</svg>
`;
}
