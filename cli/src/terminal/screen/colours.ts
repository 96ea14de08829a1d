import { Ansis } from 'ansis';
import { hasCapabilities } from './screen.js';
import type { WriteStream } from 'node:tty';

const plain = new Ansis(0);
const coloured = new Ansis();

/** Colours for this stream: none if it is not a terminal with colours, or NO_COLOR is set. */
export function coloursOf(stream: Pick<WriteStream, 'isTTY'>): Ansis {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (FORCE_COLOR && FORCE_COLOR !== '0') return coloured;
  return stream.isTTY && hasCapabilities() && !NO_COLOR ? coloured : plain;
}
