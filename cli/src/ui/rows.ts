import { coloursOf } from './colours.js';
import { QUIET_MS } from './during.js';
import { fold } from './fold.js';
import { columnsOf, isLive } from './screen.js';
import { FRAME_MS, frameAt } from './spinner.js';
import type { LiveRegion } from './live-region.js';

export type RowState = 'pending' | 'done' | 'failed';

/** Shows how far several things are that go on at once. */
export interface Rows {
  show: (name: string, state: RowState, text: string) => void;
  /** Leaves what is shown as it is, or takes what can change off the screen. */
  end: (options?: { remove?: boolean }) => void;
}

interface Row {
  readonly state: RowState;
  readonly text: string;
}

/** Live on a terminal, lines elsewhere, nothing when silent. */
export async function rowsFor({ silent }: { silent: boolean }): Promise<Rows> {
  if (silent) return { show: () => {}, end: () => {} };
  if (!isLive(process.stdout)) return lineRows();
  const { LiveRegion } = await import('./live-region.js');
  return liveRows(await LiveRegion.open());
}

/** A line for each that is done or has failed, and for what goes on when nothing has been said for a while. */
function lineRows(): Rows {
  const said = new Map<string, string>();
  const rows = new Map<string, Row>();
  const say = (name: string, text: string) => {
    if (said.get(name) !== text) process.stdout.write(`${fold(text, columnsOf(process.stdout))}\n`);
    said.set(name, text);
  };
  const sayPending = () => rows.forEach(({ state, text }, name) => state === 'pending' && say(name, text));
  const timer = setInterval(sayPending, QUIET_MS).unref();
  const show: Rows['show'] = (name, state, text) => {
    rows.set(name, { state, text });
    if (state === 'pending') return;
    say(name, text);
    timer.refresh();
  };
  return { show, end: () => clearInterval(timer) };
}

function liveRows(region: LiveRegion): Rows {
  const rows = new Map<string, Row>();
  let step = 0;
  const draw = () => region.draw([...rows.values()].map((row) => `${markOf(row, step)} ${row.text}`));
  const turn = () => {
    step++;
    draw();
  };
  const timer = setInterval(turn, FRAME_MS).unref();
  const show: Rows['show'] = (name, state, text) => {
    rows.set(name, { state, text });
    draw();
  };
  const end: Rows['end'] = ({ remove = false } = {}) => {
    clearInterval(timer);
    if (remove) return region.remove();
    step = ENDED;
    draw();
    region.end();
  };
  return { show, end };
}

/** What still goes on when nobody looks any more does not turn. */
const ENDED = -1;

function markOf({ state }: Row, step: number): string {
  const { green, red, cyan, dim } = coloursOf(process.stdout);
  if (state === 'done') return green('✔');
  if (state === 'failed') return red('✖');
  return step === ENDED ? dim('○') : cyan(frameAt(step));
}
