import type { WriteStream } from 'node:tty';

type Stream = Pick<WriteStream, 'isTTY' | 'columns' | 'rows'>;

/** Width of a terminal that does not report its size. */
const DEFAULT_COLUMNS = 80;

/** Whether output can be redrawn in place: on a terminal that can move its cursor and reports its size. */
export const isLive = ({ isTTY, rows }: Stream): boolean => isTTY === true && rows > 0 && hasCapabilities();

/** The number of columns of a line; unlimited if the stream is not a terminal. */
export const columnsOf = (stream: Stream): number =>
  stream.isTTY ? stream.columns || DEFAULT_COLUMNS : Infinity;

/** According to terminfo(5), `dumb` and unnamed terminals have neither cursor movement nor colours. */
export function hasCapabilities({ TERM } = process.env): boolean {
  return process.platform === 'win32' || (TERM !== undefined && TERM !== '' && TERM !== 'dumb');
}
