import type { Ansis } from 'ansis';
import type { Entry } from './entries.js';
import type { Level, LogLine } from './log-line.js';

/** What a pretty line says by its place already, or what only machines want. */
const SHOWN_OTHERWISE = new Set(['level', 'time', 'service', 'msg', 'err', 'pid', 'hostname']);
const LEVEL_COLOURS = {
  trace: 'gray',
  debug: 'gray',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'magenta',
} as const satisfies Record<Level, string>;
const SERVICE_COLOURS = ['cyan', 'blue', 'magenta', 'yellow', 'green', 'cyanBright', 'blueBright'] as const;

/** Writes entries for people: `12:01:02.345 order-service INFO  order confirmed orderId=…`, one colour a service. */
export class PrettyPrinter {
  readonly #width: number;

  constructor(
    private readonly services: string[],
    private readonly colours: Ansis,
  ) {
    this.#width = Math.max(...services.map(({ length }) => length), 0);
  }

  format({ service, lines: [first, ...rest], time }: Entry): string {
    const { gray } = this.colours;
    const at = time > 0 ? gray(clock(time)) : ' '.repeat('00:00:00.000'.length);
    const lead = `${at} ${this.#name(service)}`;
    const attached = [...stackOf(first!), ...rest.map(({ text }) => text)];
    return [
      `${lead} ${this.#say(first!)}`,
      ...attached.map((text) => `${this.#gutter(service)} ${text}`),
    ].join('\n');
  }

  #say({ text, record, level }: LogLine): string {
    if (!record) return text;
    const { gray } = this.colours;
    const label = (level ?? 'info').toUpperCase().padEnd(5);
    const message = typeof record['msg'] === 'string' ? record['msg'] : '';
    const fields = Object.entries(record)
      .filter(([key, value]) => !SHOWN_OTHERWISE.has(key) && value !== undefined)
      .map(([key, value]) => gray(`${key}=${show(value)}`));
    return [this.colours[LEVEL_COLOURS[level ?? 'info']](label), message, ...fields].join(' ').trimEnd();
  }

  /** Attached lines stand below what they are attached to. */
  #gutter(service: string): string {
    return ' '.repeat('00:00:00.000 '.length) + this.#name(service);
  }

  #name(service: string): string {
    const colour = SERVICE_COLOURS[this.services.indexOf(service) % SERVICE_COLOURS.length] ?? 'cyan';
    return this.colours[colour](service.padEnd(this.#width));
  }
}

/** In the time zone of the reader. */
function clock(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function stackOf({ record }: LogLine): string[] {
  const error = record?.['err'] as { stack?: unknown; message?: unknown } | undefined;
  const text = error?.stack ?? error?.message;
  return typeof text === 'string' ? text.split('\n').map((line) => `  ${line}`) : [];
}

const show = (value: unknown) =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
