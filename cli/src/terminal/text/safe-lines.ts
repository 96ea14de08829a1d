import { TextStyle } from './text-style.js';
import { widthOf } from './text-width.js';

const ESC = '\\x1b';
const CSI = `(?:${ESC}\\[|\\x9b)`;

/**
 * Every control character, and every control sequence (ECMA-48), in matching order. Of an unterminated sequence only the
 * introducer is removed, so that it hides no text. Bidirectional overrides are included, because they reorder a line.
 */
const CONTROL = new RegExp(
  [
    '(?<lineEnd>\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])',
    '(?<tab>\\t)',
    `${CSI}(?<style>[\\d;:]*)m`,
    `${CSI}[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]`,
    // Strings for the terminal: titles, hyperlinks, clipboard.
    `(?:${ESC}[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x00-\\x1f\\x7f-\\x9f]*(?:\\x07|${ESC}\\\\|\\x9c)`,
    `${ESC}[\\x20-\\x2f]*[\\x30-\\x7e]`,
    '[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]',
  ].join('|'),
  'g',
);
const TAB_WIDTH = 8;

interface Options {
  /** Whether colours and other text attributes are kept. */
  readonly colours: boolean;
}

/**
 * Splits text from any program into lines that are safe on a terminal: without control characters, except colours if
 * requested. A carriage return ends a line, a tab becomes spaces, and a colour that spans several lines is reset at the
 * end of each and restored on the next.
 */
export function safeLines(text: string, { colours }: Options): string[] {
  const lines = new LineBuilder();
  let at = 0;
  for (const { 0: control, index, groups } of text.matchAll(CONTROL)) {
    lines.add(text.slice(at, index));
    at = index + control.length;
    const { lineEnd, tab, style } = groups!;
    if (lineEnd !== undefined) lines.endLine();
    else if (tab !== undefined) lines.tab();
    else if (style !== undefined && colours) lines.style(style);
  }
  lines.add(text.slice(at));
  return lines.end();
}

class LineBuilder {
  readonly #lines: string[] = [];
  readonly #style = new TextStyle();
  #line = '';
  #column = 0;

  add(text: string): void {
    this.#line += text;
    this.#column += widthOf(text);
  }

  tab(): void {
    this.add(' '.repeat(TAB_WIDTH - (this.#column % TAB_WIDTH)));
  }

  style(parameters: string): void {
    this.#line += this.#style.apply(parameters);
  }

  endLine(): void {
    this.#lines.push(this.#line + this.#style.suspend());
    this.#line = this.#style.resume();
    this.#column = 0;
  }

  end(): string[] {
    this.endLine();
    return this.#lines;
  }
}
