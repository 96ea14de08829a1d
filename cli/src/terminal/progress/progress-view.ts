import { coloursOf } from '../screen/colours.js';
import { fold } from '../screen/fold.js';
import { columnsOf, isLive } from '../screen/screen.js';
import { FRAME_MS, frameAt } from './spinner.js';
import type { LiveRegion } from './live-region.js';

/** Work that is done sooner is not announced. */
export const QUIET_MS = 1_000;

export type RowState = 'pending' | 'done' | 'failed';

/** The text of a row; if it changes with time, the text on a terminal and the line elsewhere. */
type RowText = string | { readonly live: () => string; readonly line: string };

interface Row {
  readonly state: RowState;
  readonly text: RowText;
}

/** Shows the progress of several concurrent tasks. */
export interface ProgressView {
  show: (name: string, state: RowState, text: RowText) => void;
  /** Prints a permanent line for a finished step, and removes all rows. */
  step: (text: string) => void;
  /** Leaves the rows on the screen, or removes them. */
  end: (options?: { remove?: boolean }) => void;
}

interface Options {
  /** Shows nothing. */
  readonly silent: boolean;
  /** Default: standard output. */
  readonly stream?: NodeJS.WriteStream;
  /** Without a terminal: print pending rows at once, not only after a while without output. */
  readonly eager?: boolean;
  /** What to draw on a terminal instead of the rows. */
  readonly draw?: () => string[];
}

/** Redrawn in place on a terminal, lines elsewhere, nothing if silent. */
export async function progressView(options: Options): Promise<ProgressView> {
  const { silent, stream = process.stdout } = options;
  if (silent) return { show: () => {}, step: () => {}, end: () => {} };
  if (!isLive(stream)) return lineView({ ...options, stream });
  const { LiveRegion } = await import('./live-region.js');
  const region = await LiveRegion.open(stream);
  const print = (text: string) => LiveRegion.print(fold(text, columnsOf(stream)), stream);
  return liveView({ ...options, stream }, region, print);
}

type ViewOptions = Options & { readonly stream: NodeJS.WriteStream };

/** A line per row that is done or has failed, and per pending row after a while without output. */
function lineView({ stream, eager = false }: ViewOptions): ProgressView {
  const printed = new Map<string, string>();
  const rows = new Map<string, Row>();
  const print = (text: string) => void stream.write(`${fold(text, columnsOf(stream))}\n`);
  const printRow = (name: string, text: RowText) => {
    const line = typeof text === 'string' ? text : text.line;
    if (printed.get(name) !== line) print(line);
    printed.set(name, line);
  };
  const printPending = () =>
    rows.forEach(({ state, text }, name) => state === 'pending' && printRow(name, text));
  const timer = setInterval(printPending, QUIET_MS).unref();
  const show: ProgressView['show'] = (name, state, text) => {
    rows.set(name, { state, text });
    if (state === 'pending' && !eager) return;
    printRow(name, text);
    timer.refresh();
  };
  const step = (text: string) => {
    rows.clear();
    print(text);
  };
  return { show, step, end: () => clearInterval(timer) };
}

function liveView(
  { stream, draw }: ViewOptions,
  region: LiveRegion,
  print: (text: string) => void,
): ProgressView {
  const rows = new Map<string, Row>();
  const { green } = coloursOf(stream);
  let frame = 0;
  const lines = () => [...rows.values()].map((row) => rowLine(row, frame, stream));
  const redraw = () => region.draw((draw ?? lines)());
  const timer = setInterval(() => {
    frame++;
    redraw();
  }, FRAME_MS).unref();
  const show: ProgressView['show'] = (name, state, text) => {
    rows.set(name, { state, text });
    redraw();
  };
  const step = (text: string) => {
    rows.clear();
    redraw();
    print(`${green('✔')} ${text}`);
  };
  const end: ProgressView['end'] = ({ remove = false } = {}) => {
    clearInterval(timer);
    if (remove) return region.remove();
    frame = ENDED;
    redraw();
    region.end();
  };
  return { show, step, end };
}

/** The frame of rows that are still pending when the view ends: their spinner is replaced by a circle. */
const ENDED = -1;

function rowLine({ state, text }: Row, frame: number, stream: NodeJS.WriteStream): string {
  return `${markOf(state, frame, stream)} ${typeof text === 'string' ? text : text.live()}`;
}

function markOf(state: RowState, frame: number, stream: NodeJS.WriteStream): string {
  const { green, red, cyan, dim } = coloursOf(stream);
  if (state === 'done') return green('✔');
  if (state === 'failed') return red('✖');
  return frame === ENDED ? dim('○') : cyan(frameAt(frame));
}
