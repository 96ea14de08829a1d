import { Ansis } from 'ansis';
import type { WriteStream } from 'node:tty';

const plain = new Ansis(0);
const coloured = new Ansis();

/** Colours for what is written to this stream: none when it is no terminal, or NO_COLOR asks for none. */
export function coloursOf(stream: Pick<WriteStream, 'isTTY'>): Ansis {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR && FORCE_COLOR !== '0') return coloured;
  return stream.isTTY && !NO_COLOR ? coloured : plain;
}
