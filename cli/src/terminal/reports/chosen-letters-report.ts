import { durationText } from '../screen/duration-text.js';
import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { ChosenLetters } from '../../inspection/dead-letters/choose-letters.js';

const MAX_ROWS = 20;

/** The letters that a command is about to replay or drop. */
export function chosenLettersReport(chosen: readonly ChosenLetters[], colours: Ansis): string {
  const rows = chosen.flatMap(({ topic, letters }) =>
    letters.map(({ id, diedAt, deaths, key, code }) => [
      ...[id, topic.group, durationText(Math.max(0, Date.now() - diedAt)), String(deaths)],
      ...[key ?? '', code],
    ]),
  );
  const columns = ['LETTER', 'GROUP', 'AGE', 'DEATHS', { heading: 'KEY', optional: true }, 'CAUSE'];
  return [
    table(columns, rows.slice(0, MAX_ROWS), colours),
    ...(rows.length > MAX_ROWS ? [colours.dim(`and ${rows.length - MAX_ROWS} more`)] : []),
  ].join('\n');
}
