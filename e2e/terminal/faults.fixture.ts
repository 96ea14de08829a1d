import { expect } from '@jest/globals';
import type { Condition } from './conditions.fixture.js';
import type { Run } from './terminal.fixture.js';

export interface Expected {
  readonly exit: number;
  /** Lines that are not messages of msx, such as data and logs, or that are not wrapped so that they can be copied. */
  readonly foreign?: ((line: string) => boolean) | undefined;
}

const ESC = '\u001B';
/** Select Graphic Rendition, ECMA-48. */
const SGR = new RegExp(`${ESC}\\[[\\d;:]*m`, 'g');
/** Whatever moves the cursor or erases; a carriage return only if no new line follows. */
const MOVEMENT = new RegExp(`${ESC}|[\\b\\f\\v]|\\r(?![\\r\\n]|$)`);
const STACK_FRAME = /^\s+at .*:\d+:\d+\)?$/;
const SLIP = /\bINTERNAL\b|\bundefined\b|\bNaN\b|\[object |\[Function/;

/** A line that is longer than the screen although it could have been wrapped at a space. */
const isBroken = ({ text, pieces }: Run['lines'][number]) => pieces.length > 1 && /\S\s+\S/.test(text);

/** The faults of a run that a user at the terminal would notice. */
export function faultsOf(
  run: Run,
  condition: Condition,
  { exit, foreign = () => false }: Expected,
): string[] {
  const { raw, stty } = run;
  const lines = run.lines.filter(({ text }) => !foreign(text));
  const found = (holds: boolean, fault: string) => (holds ? [fault] : []);
  const about =
    (fault: string) =>
    ({ text }: Run['lines'][number]) =>
      `${fault}: ${text}`;
  return [
    ...found(run.exit !== exit, `exited with ${run.exit}, not with ${exit}`),
    ...lines.filter(({ text }) => STACK_FRAME.test(text)).map(about('a stack frame')),
    ...lines.filter(({ text }) => SLIP.test(text)).map(about('not meant for people')),
    ...lines.filter(isBroken).map(about('longer than the screen')),
    ...found(!run.endsInNewLine, 'no new line before the prompt'),
    ...found(!run.cursorVisible, 'the cursor stays hidden'),
    ...found(!run.coloursReset, 'colours run on into the prompt'),
    ...found(run.modeLeftOn !== undefined, `left on: ${run.modeLeftOn}`),
    ...['echo', 'icanon', 'isig', 'opost'].flatMap((each) =>
      found(!new RegExp(`(^|\\s)${each}\\b`).test(stty), `stty says -${each}`),
    ),
    ...found(!condition.colours && raw.search(SGR) >= 0, `colours: ${JSON.stringify(raw.match(SGR)?.[0])}`),
    ...found(!condition.movesCursor && MOVEMENT.test(raw.replace(SGR, '')), 'moves the cursor'),
  ];
}

/** Fails with all faults and the lines on the screen. */
export function expectSane(run: Run, condition: Condition, expected: Expected): void {
  const faults = faultsOf(run, condition, expected);
  const seen = faults.length ? run.lines.map(({ text }) => text) : [];
  expect({ command: run.command, condition: condition.name, faults, seen }).toEqual({
    command: run.command,
    condition: condition.name,
    faults: [],
    seen: [],
  });
}
