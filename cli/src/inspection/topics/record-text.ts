import { safeLines } from '../../terminal/text/safe-lines.js';
import { headersOf, textOf, timeText } from './topic-record.js';
import type { Ansis } from 'ansis';
import type { TopicRecord } from './topic-record.js';

/** Printed instead of the content of a record that has none. */
const TOMBSTONE = '(no value: a tombstone)';

/** The position, time and key of a record in one line, its headers in another, and below them its value. */
export function recordText(record: TopicRecord, colours: Ansis, problem?: string): string {
  const { bold, cyan, dim, yellow } = colours;
  const { partition, offset, timestamp } = record;
  const [key, value] = [textOf(record.key), textOf(record.value)];
  const time = timeText(timestamp).replace('T', ' ').replace('Z', '');
  const first = [dim(time), cyan(`${partition}:${offset}`), ...(key ? [bold(oneLine(key.text))] : [])];
  const headers = headersOf(record).map(([name, text]) => `${oneLine(name)}=${oneLine(text)}`);
  const content = value === null ? [dim(TOMBSTONE)] : safeLines(value.text, { colours: false });
  return [
    first.join('  '),
    ...(headers.length > 0 ? [`  ${dim(headers.join('  '))}`] : []),
    ...content.map((line) => `  ${line}`),
    ...(problem === undefined ? [] : [`  ${yellow(oneLine(problem))}`]),
  ].join('\n');
}

const oneLine = (text: string): string => safeLines(text, { colours: false }).join(' ');
