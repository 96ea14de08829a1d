import { coloursOf } from './colours.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

/** Shows one step after the other. */
export interface Steps<Name extends string> {
  /** Ends the step before. */
  begin: (name: Name) => void;
  end: (how?: 'done' | 'failed') => void;
}

/** With what is going on at the moment on a terminal; a line for each that is done elsewhere; nothing when silent. */
export function steps<Name extends string>(
  titles: Record<Name, string>,
  { silent }: { silent: boolean },
): Steps<Name> {
  const live = process.stdout.isTTY === true && !silent;
  const { green, red, cyan, dim } = coloursOf(process.stdout);
  let current: { title: string; since: number; timer?: NodeJS.Timeout } | undefined;
  const end: Steps<Name>['end'] = (how = 'done') => {
    if (!current) return;
    const { title, since, timer } = current;
    clearInterval(timer);
    current = undefined;
    if (silent) return;
    const time = dim(`${((performance.now() - since) / 1000).toFixed(1)} s`);
    const mark = how === 'done' ? green('✔') : red('✖');
    process.stdout.write(`${live ? '\r\x1b[K' : ''}${mark} ${title} ${time}\n`);
  };
  const begin = (name: Name) => {
    end();
    const [title, since] = [titles[name], performance.now()];
    let frame = 0;
    const draw = () => process.stdout.write(`\r\x1b[K${cyan(FRAMES[frame++ % FRAMES.length]!)} ${title}`);
    current = { title, since, ...(live && { timer: setInterval(draw, FRAME_MS).unref() }) };
    if (live) draw();
  };
  return { begin, end };
}
