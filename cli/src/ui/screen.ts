import type { WriteStream } from 'node:tty';

type Stream = Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>;

/** What a terminal shows on a line when it does not say. */
const USUAL_COLUMNS = 80;

/** Whether what is written can be changed afterwards: on a terminal that moves its cursor and knows its size. */
export const isLive = ({ isTTY, rows }: Stream): boolean => isTTY === true && rows > 0 && hasCapabilities();

/** How many characters fit on a line: no limit where there is no screen. */
export const columnsOf = (stream: Stream): number =>
  stream.isTTY ? stream.columns || USUAL_COLUMNS : Infinity;

/** terminfo(5) has neither cursor movement nor colours for `dumb`, nor for a terminal without a name. */
export function hasCapabilities({ TERM } = process.env): boolean {
  return process.platform === 'win32' || (TERM !== undefined && TERM !== '' && TERM !== 'dumb');
}
