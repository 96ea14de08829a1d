import xterm from '@xterm/headless';
import { spawn } from '@lydell/node-pty';
import type { IPty } from '@lydell/node-pty';
import type { IMarker } from '@xterm/headless';
import { environmentOf } from './terminal-environment.fixture.js';
import { linesOf } from './screen-lines.fixture.js';
import type { Line } from './screen-lines.fixture.js';

export interface TerminalOptions {
  readonly cwd: string;
  readonly columns?: number;
  readonly rows?: number;
  /** On top of what every terminal sets; `undefined` unsets a variable. */
  readonly env?: NodeJS.ProcessEnv;
}

/** What a command has printed, and how it has left the terminal. */
export interface Run {
  readonly command: string;
  /** As the shell tells it: 128 and its number for a signal. */
  readonly exit: number;
  /** Every byte that was written, without the command line itself. */
  readonly raw: string;
  /** What is on the screen and has scrolled off it: a line for each that was printed, however often it wraps. */
  readonly lines: readonly Line[];
  readonly endsInNewLine: boolean;
  readonly cursorVisible: boolean;
  /** Whether the prompt that follows has the colours the terminal began with. */
  readonly coloursReset: boolean;
  /** The name of a mode a program has to switch off again, if one is still on. */
  readonly modeLeftOn: string | undefined;
  /** What `stty -a` says afterwards. */
  readonly stty: string;
}

type Ended = Pick<Run, 'exit' | 'cursorVisible' | 'coloursReset' | 'modeLeftOn'>;

const KEYS = {
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  enter: '\r',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
};
const STTY = 'stty -a';
/** The terminal itself shows a Ctrl-C as `^C`, wherever the cursor is: just before the end, in front of the prompt. */
const ENDS_IN_NEW_LINE = /^(\^C)?\$$/;
/** Guards against a command that never ends, and measures nothing. */
const GIVE_UP_MS = 60_000;

/** What a command has written: what follows the echo of its line, up to the mark of its end. */
const printedIn = (raw: string) => raw.slice(raw.indexOf('\n') + 1).split('\u001B]133;D')[0]!;

/**
 * An interactive shell on a pseudo-terminal, and what a terminal would show of it. The prompt carries the marks of
 * shell integration (OSC 133: D ends a command with its exit code, B ends the prompt), so that the end of a command is
 * seen in the stream itself.
 */
export class Terminal {
  readonly #pty: IPty;
  readonly #emulator: InstanceType<typeof xterm.Terminal>;
  readonly #exited: Promise<void>;
  #raw = '';
  #cursorVisible = true;
  #exit = 0;
  #ended: Ended | undefined;
  #running: { command: string; rawStart: number; marker: IMarker } | undefined;

  private constructor({ cwd, columns = 80, rows = 24, env = {} }: TerminalOptions) {
    this.#emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
    this.#watch();
    const environment = environmentOf(env);
    // The library that makes the pseudo-terminal names every terminal that has no name.
    const unnamed = environment.TERM === undefined ? ['-u', 'TERM'] : [];
    this.#pty = spawn('/usr/bin/env', [...unnamed, '/bin/sh'], {
      cols: columns,
      rows,
      cwd,
      env: environment,
    });
    this.#pty.onData((data) => {
      this.#raw += data;
      this.#emulator.write(data);
    });
    this.#emulator.onData((answer) => this.#pty.write(answer));
    this.#exited = new Promise((exited) => this.#pty.onExit(() => exited()));
  }

  static async open(options: TerminalOptions): Promise<Terminal> {
    const terminal = new Terminal(options);
    await terminal.#until(() => terminal.#ended !== undefined, 'a prompt');
    return terminal;
  }

  /** Types a command line, and waits until the shell asks for the next. */
  async run(command: string, timeoutMs?: number): Promise<Run> {
    this.start(command);
    return this.end(timeoutMs);
  }

  start(command: string): void {
    this.#ended = undefined;
    this.#running = { command, rawStart: this.#raw.length, marker: this.#emulator.registerMarker(0)! };
    this.type(`${command}\r`);
  }

  /** Waits until the command that was started has ended. */
  async end(timeoutMs = GIVE_UP_MS): Promise<Run> {
    const { command, rawStart, marker } = this.#running!;
    await this.ended(timeoutMs);
    const raw = printedIn(this.#raw.slice(rawStart));
    const [, ...lines] = linesOf(this.#emulator, marker.line);
    const prompt = lines.pop()!.text;
    const run = { command, ...this.#ended!, raw, lines, endsInNewLine: ENDS_IN_NEW_LINE.test(prompt) };
    return command === STTY ? { ...run, stty: raw } : { ...run, stty: (await this.run(STTY)).raw };
  }

  /** Waits for the same, and leaves the screen as it is. */
  ended(timeoutMs = GIVE_UP_MS): Promise<void> {
    return this.#until(() => this.#ended !== undefined, `the end of ${this.#running!.command}`, timeoutMs);
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  press(...keys: (keyof typeof KEYS)[]): void {
    for (const key of keys) this.type(KEYS[key]);
  }

  resize(columns: number, rows: number): void {
    this.#emulator.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  /** Lines of text, those that have scrolled off the screen first. */
  screen(): string[] {
    return linesOf(this.#emulator).map(({ text }) => text);
  }

  get cursorVisible(): boolean {
    return this.#cursorVisible;
  }

  /** The emulator, for who wants to see colours too. */
  get emulator() {
    return this.#emulator;
  }

  /** Waits until what the command has printed so far matches. */
  async waitFor(expected: RegExp, timeoutMs = GIVE_UP_MS): Promise<void> {
    const printed = () =>
      linesOf(this.#emulator, this.#running?.marker.line)
        .slice(this.#running ? 1 : 0)
        .map(({ text }) => text)
        .join('\n');
    await this.#until(() => expected.test(printed()), String(expected), timeoutMs);
  }

  /** Closes the window: whatever still runs in it hears SIGHUP. */
  async close(): Promise<void> {
    this.#pty.kill();
    await this.#exited;
    this.#emulator.dispose();
  }

  #watch(): void {
    const { parser } = this.#emulator;
    const setsCursor = (visible: boolean) => (params: (number | number[])[]) => {
      if (params.includes(25)) this.#cursorVisible = visible;
      return false;
    };
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, setsCursor(true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, setsCursor(false));
    parser.registerOscHandler(133, (mark) => {
      if (mark.startsWith('D;')) this.#exit = Number(mark.slice(2));
      if (mark === 'B') this.#ended = this.#endedNow();
      return true;
    });
  }

  #endedNow(): Ended {
    const { buffer, modes } = this.#emulator;
    const { cursorX, cursorY, baseY, type } = buffer.active;
    const prompt = buffer.active.getLine(baseY + cursorY)!.getCell(cursorX - 2)!;
    const left = {
      'alternate screen': type === 'alternate',
      'bracketed paste': modes.bracketedPasteMode,
      'application cursor keys': modes.applicationCursorKeysMode,
      mouse: modes.mouseTrackingMode !== 'none',
      'no wraparound': !modes.wraparoundMode,
      'synchronized output': modes.synchronizedOutputMode,
    };
    return {
      exit: this.#exit,
      cursorVisible: this.#cursorVisible,
      coloursReset: prompt.getChars() === '$' && prompt.isAttributeDefault(),
      modeLeftOn: Object.entries(left).find(([, on]) => on)?.[0],
    };
  }

  #until(holds: () => boolean, what: string, timeoutMs = GIVE_UP_MS): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const listening = this.#emulator.onWriteParsed(() => holds() && settle(resolve));
      const late = () => new Error(`${what} did not come in ${timeoutMs} ms:\n${this.screen().join('\n')}`);
      const timer = setTimeout(() => settle(() => reject(late())), timeoutMs);
      const settle = (how: () => void) => {
        clearTimeout(timer);
        listening.dispose();
        how();
      };
    });
  }
}
