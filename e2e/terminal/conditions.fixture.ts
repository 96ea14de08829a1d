import { Terminal } from './terminal.fixture.js';
import type { Run, TerminalOptions } from './terminal.fixture.js';

/** A terminal: its size and capabilities. */
export interface Condition {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly env: NodeJS.ProcessEnv;
  readonly colours: boolean;
  readonly movesCursor: boolean;
}

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 40, rows: 20 },
];

const MODES = [
  { mode: 'colours', env: {}, colours: true, movesCursor: true },
  { mode: 'NO_COLOR', env: { NO_COLOR: '1' }, colours: false, movesCursor: true },
  { mode: 'a dumb terminal', env: { TERM: 'dumb' }, colours: false, movesCursor: false },
  { mode: 'an unnamed terminal', env: { TERM: undefined }, colours: false, movesCursor: false },
];

const conditionOf = (size: number, mode: number): Condition => {
  const { columns, rows } = SIZES[size]!;
  const { mode: name, ...rest } = MODES[mode % MODES.length]!;
  return { name: `${columns}×${rows}, ${name}`, columns, rows, ...rest };
};

/** What most users have. */
export const usual = conditionOf(0, 0);

export const [narrow, narrowAndPlain, unnamed] = [conditionOf(2, 0), conditionOf(2, 1), conditionOf(0, 3)];

/** Every size for each command, and every mode at every size over four commands, of which this is the `nth`. */
export const conditionsOf = (nth: number): Condition[] =>
  SIZES.map((_, size) => conditionOf(size, nth + size));

/** Opens a terminal, and closes it after use. */
export async function inTerminal<T>(
  { columns, rows, env }: Condition,
  options: TerminalOptions,
  use: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  const terminal = await Terminal.open({ ...options, columns, rows, env: { ...env, ...options.env } });
  try {
    return await use(terminal);
  } finally {
    await terminal.close();
  }
}

/** Runs one command in a new terminal. */
export const runIn = (condition: Condition, command: string, options: TerminalOptions): Promise<Run> =>
  inTerminal(condition, options, (terminal) => terminal.run(command));
