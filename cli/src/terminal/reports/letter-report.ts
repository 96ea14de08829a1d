import { timeText } from '../../inspection/topics/topic-record.js';
import { durationText } from '../screen/duration-text.js';
import { fold } from '../screen/fold.js';
import { safeLines } from '../text/safe-lines.js';
import type { Ansis } from 'ansis';
import type { LetterDescription } from '../../inspection/dead-letters/describe-letters.js';

const INDENT = '  ';
const LABEL_WIDTH = 10;

interface Look {
  readonly colours: Ansis;
  readonly columns: number;
}

/** A dead letter: what it is, why it died, and what became of it. */
export function letterReport(letter: LetterDescription, { colours, columns }: Look): string {
  const { bold, dim, yellow } = colours;
  const { id, place, problem } = letter;
  const width = columns - INDENT.length - LABEL_WIDTH;
  const rows = factsOf(letter).flatMap(([label, text]) =>
    safeLines(text, { colours: false })
      .flatMap((line) => fold(line, width).split('\n'))
      .map((line, n) => INDENT + (n === 0 ? dim(label.padEnd(LABEL_WIDTH)) : ' '.repeat(LABEL_WIDTH)) + line),
  );
  return [
    `${bold(id)}  ${dim(place.topic)}`,
    ...rows,
    ...(problem === undefined ? [] : [yellow(`  not a valid ${letter.contract}: ${problem}`)]),
  ].join('\n');
}

/** What is known of the letter, with labels. */
function factsOf(letter: LetterDescription): [label: string, text: string][] {
  const { code, message, original, key, eventId, traceId, stack, value, mark, headers, cut } = letter;
  const facts: [string, string | undefined][] = [
    ['died', diedText(letter)],
    ['error', message ? `${code}: ${message}` : code],
    ['handler', handlerText(letter)],
    ['message', original && `${original.topic} ${original.partition}:${original.offset}`],
    ['key', key ?? undefined],
    ['event', eventId],
    ['trace', traceId],
    ['first', letter.firstLetter && `${letter.firstLetter} at ${letter.firstDiedAt ?? 'an unknown time'}`],
    ['edited', letter.editedFrom && `by ${letter.replayedBy ?? 'somebody'}, from event ${letter.editedFrom}`],
    ['state', mark && `${mark.mark} by ${mark.by} at ${mark.time}`],
    ['cut', cut.length > 0 ? cut.join(', ') : undefined],
    ['headers', headers.map(([name, text]) => `${name}=${text}`).join('\n') || undefined],
    ['stack', stack?.replace(/^ +/gm, '')],
    ['value', value ?? '(none)'],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function diedText({ diedAt, attempts, deaths }: LetterDescription): string {
  const time = timeText(diedAt).replace('T', ' ').replace('Z', '');
  const facts = [
    `${durationText(Math.max(0, Date.now() - diedAt))} ago`,
    ...(attempts === undefined ? [] : [`attempts: ${attempts}`]),
    ...(deaths > 1 ? [`deaths: ${deaths}`] : []),
  ];
  return `${time} (${facts.join(', ')})`;
}

function handlerText({ handler, service, version, group }: LetterDescription): string {
  const program = [service ?? group, ...(version ? [version] : [])].join(' ');
  return handler ? `${handler} of ${program}` : program;
}
