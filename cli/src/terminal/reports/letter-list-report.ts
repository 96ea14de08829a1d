import { durationText } from '../screen/duration-text.js';
import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { CauseSummary, LetterSummary } from '../../inspection/dead-letters/summarize-letters.js';

/** The open dead letters by topic, group and cause, and how many were replayed or dropped. */
export function letterListReport(summaries: readonly LetterSummary[], colours: Ansis): string {
  const rows = summaries.flatMap((summary) => summary.causes.map((cause) => rowOf(summary, cause)));
  const columns = ['TOPIC', 'GROUP', 'LETTERS', 'OLDEST', 'NEWEST', 'CAUSE'];
  const again = summaries.flatMap(({ causes }) => causes).reduce((sum, { diedAgain }) => sum + diedAgain, 0);
  const total = (name: 'replayed' | 'dropped') => summaries.reduce((sum, each) => sum + each[name], 0);
  const [replayed, dropped] = [total('replayed'), total('dropped')];
  const facts = [
    ...(replayed > 0 ? [`replayed: ${replayed}`] : []),
    ...(again > 0 ? [`died again after a replay: ${again}`] : []),
    ...(dropped > 0 ? [`dropped: ${dropped}`] : []),
  ];
  return [
    rows.length > 0 ? table(columns, rows, colours) : 'no dead letters',
    ...(facts.length > 0 ? [colours.dim(facts.join(', '))] : []),
  ].join('\n');
}

const rowOf = ({ topic, group }: LetterSummary, { code, count, oldest, newest }: CauseSummary): string[] => [
  ...[topic, group, String(count), ageOf(oldest), ageOf(newest), code],
];

const ageOf = (time: string): string => durationText(Math.max(0, Date.now() - Date.parse(time)));
