import { safeLines } from '../../terminal/text/safe-lines.js';
import { widthOf } from '../../terminal/text/text-width.js';
import { factsOf, messageOf } from './facts.js';
import { layoutFor } from './layout.js';
import { stacksOf } from './logged-error.js';
import type { Ansis } from 'ansis';
import type { Entry } from './entries.js';
import type { Facts, Field } from './facts.js';
import type { Layout } from './layout.js';
import type { Level, LogLine } from './log-line.js';

export interface PrettyOptions {
  /** All possible services: their order determines the colours, their lengths the width of the column. */
  readonly services: readonly string[];
  readonly colours: Ansis;
  /** Width of the screen (default: no limit). */
  readonly columns?: number;
  /** Whether to show everything in full length. */
  readonly wide?: boolean;
}

const LEVEL_COLOURS = {
  trace: 'gray',
  debug: 'gray',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'magenta',
} as const satisfies Record<Level, string>;
const SERVICE_COLOURS = ['cyan', 'blue', 'magenta', 'yellow', 'green', 'cyanBright', 'blueBright'] as const;
const ATTACHED_INDENT = '  ';

/**
 * Formats entries for people: `12:01:02.345 user-service  INFO  call UserController.listUsers OK 157 ms request=e24826a1`,
 * with a colour per service. Each line starts with the time, or space for it, and the service. The output of a service
 * cannot control the terminal.
 */
export class PrettyPrinter {
  readonly #layout: Layout;
  readonly #columns: number;
  readonly #wide: boolean;
  readonly #nameWidth: number;
  readonly #clockWidth: number;

  constructor(private readonly options: PrettyOptions) {
    const { columns = Infinity, wide = false, services } = options;
    this.#layout = layoutFor({ columns, wide });
    this.#columns = columns;
    this.#wide = wide;
    this.#nameWidth = Math.max(0, ...services.map((service) => this.#layout.name(service).length));
    this.#clockWidth = this.#layout.clock(0).length;
  }

  format({ service, lines: [first, ...rest], time }: Entry): string {
    const clock =
      time > 0 ? this.options.colours.gray(this.#layout.clock(time)) : ' '.repeat(this.#clockWidth);
    const texts = rest.map(({ text }) => text);
    const [head, ...below] = first!.record
      ? [...this.#recordLines(first!, service), ...(texts.length > 0 ? this.#safe(texts.join('\n')) : [])]
      : this.#safe([first!.text, ...texts].join('\n'));
    const name = this.#name(service);
    const gutter = ' '.repeat(this.#clockWidth);
    return [`${clock} ${name} ${head}`, ...below.map((text) => `${gutter} ${name} ${text}`)]
      .map((line) => line.trimEnd())
      .join('\n');
  }

  #recordLines({ record, level = 'info' }: LogLine, service: string): string[] {
    const label = this.options.colours[LEVEL_COLOURS[level]](level.toUpperCase().padEnd(5));
    const [message = '', ...more] = this.#safe(messageOf(record!).trimEnd());
    const main = this.#withFacts(
      `${label} ${message}`.trimEnd(),
      factsOf(record!, { service, wide: this.#wide }),
    );
    const attached = stacksOf(record!).flatMap((stack) => this.#safe(stack.trimEnd()));
    return [main, ...[...more, ...attached].map((text) => ATTACHED_INDENT + text)];
  }

  /** Leaves out ids that do not fit the screen, the last one first. */
  #withFacts(text: string, { words, fields, ids }: Facts): string {
    const { gray } = this.options.colours;
    const named = fields.map(({ key, value }) => `${gray(`${key}=`)}${value}`);
    const line = [text, ...words, ...named].join(' ');
    let room = this.#columns - this.#clockWidth - this.#nameWidth - 2 - widthOf(line);
    const shown = ids
      .map((id) => this.#idText(id))
      .filter((id) => (room -= 1 + id.length) >= 0 || this.#wide);
    return [line, ...shown.map((id) => gray(id))].join(' ');
  }

  #idText({ key, value }: Field): string {
    return this.#layout.bareRequest && key === 'request' ? value : `${key}=${value}`;
  }

  #safe(text: string): string[] {
    return safeLines(text, { colours: this.options.colours.level > 0 });
  }

  #name(service: string): string {
    const { services, colours } = this.options;
    const colour = SERVICE_COLOURS[services.indexOf(service) % SERVICE_COLOURS.length] ?? 'cyan';
    return colours[colour](this.#layout.name(service).padEnd(this.#nameWidth));
  }
}
