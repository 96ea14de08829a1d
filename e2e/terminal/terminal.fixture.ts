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
  /** Added to the variables of every terminal; `undefined` unsets a variable. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The output of a command, and the state in which it left the terminal. */
export interface Run {
  readonly command: string;
  /** As reported by the shell: 128 plus the number of a signal. */
  readonly exit: number;
  /** Every byte that was written, without the command line itself. */
  readonly raw: string;
  /** The printed lines, on the screen or scrolled off it; a wrapped line counts once. */
  readonly lines: readonly Line[];
  readonly endsInNewLine: boolean;
  readonly cursorVisible: boolean;
  /** Whether the prompt that follows has default colours. */
  readonly coloursReset: boolean;
  /** The name of a terminal mode that the program has left on, if any. */
  readonly modeLeftOn: string | undefined;
  /** The output of `stty -a` afterwards. */
  readonly stty: string;
}

type EndState = Pick<Run, 'exit' | 'cursorVisible' | 'coloursReset' | 'modeLeftOn'>;

const KEYS = {
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  enter: '\r',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
};
const STTY = 'stty -a';
/** The terminal echoes a Ctrl-C as `^C` at the cursor: just before the end, that is in front of the prompt. */
const ENDS_IN_NEW_LINE = /^(\^C)?\$$/;
/** Guards against a command that never ends. */
const TIMEOUT_MS = 60_000;

/** The output of a command: from the echo of its line to the mark of its end. */
const printedIn = (raw: string) => raw.slice(raw.indexOf('\n') + 1).split('\u001B]133;D')[0]!;

/**
 * An interactive shell on a pseudo-terminal, with a terminal emulator. The prompt has shell integration marks (OSC 133: D
 * ends a command with its exit code, B ends the prompt), so that the end of a command is visible in the output itself.
 */
export class Terminal {
  readonly #pty: IPty;
  readonly #emulator: InstanceType<typeof xterm.Terminal>;
  readonly #exited: Promise<void>;
  #raw = '';
  #cursorVisible = true;
  #exit = 0;
  #ended: EndState | undefined;
  #running: { command: string; rawStart: number; marker: IMarker } | undefined;

  private constructor({ cwd, columns = 80, rows = 24, env = {} }: TerminalOptions) {
    this.#emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
    this.#watch();
    const environment = environmentOf(env);
    // The pseudo-terminal library sets TERM if it is missing.
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

  /** Types a command line, and waits until the shell prompts for the next one. */
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
  async end(timeoutMs = TIMEOUT_MS): Promise<Run> {
    const { command, rawStart, marker } = this.#running!;
    await this.ended(timeoutMs);
    const raw = printedIn(this.#raw.slice(rawStart));
    const [, ...lines] = linesOf(this.#emulator, marker.line);
    const prompt = lines.pop()!.text;
    const run = { command, ...this.#ended!, raw, lines, endsInNewLine: ENDS_IN_NEW_LINE.test(prompt) };
    return command === STTY ? { ...run, stty: raw } : { ...run, stty: (await this.run(STTY)).raw };
  }

  /** Waits for the same, and leaves the screen unchanged. */
  ended(timeoutMs = TIMEOUT_MS): Promise<void> {
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

  /** All lines of text, including those that have scrolled off the screen. */
  screen(): string[] {
    return linesOf(this.#emulator).map(({ text }) => text);
  }

  get cursorVisible(): boolean {
    return this.#cursorVisible;
  }

  /** The emulator, which also has the colours. */
  get emulator() {
    return this.#emulator;
  }

  /** Waits until the output of the command so far matches. */
  async waitFor(expected: RegExp, timeoutMs = TIMEOUT_MS): Promise<void> {
    const printed = () =>
      linesOf(this.#emulator, this.#running?.marker.line)
        .slice(this.#running ? 1 : 0)
        .map(({ text }) => text)
        .join('\n');
    await this.#until(() => expected.test(printed()), String(expected), timeoutMs);
  }

  /** Closes the window: whatever is still running in it gets SIGHUP. */
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
      if (mark === 'B') this.#ended = this.#endState();
      return true;
    });
  }

  #endState(): EndState {
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

  #until(holds: () => boolean, what: string, timeoutMs = TIMEOUT_MS): Promise<void> {
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
