import type { Ansis } from 'ansis';
import type { ReplayReport, ServiceReplay } from '../../inspection/database/service-history.js';
import { table } from '../screen/table.js';
import { escapedJson, escapedText } from '../text/escaped-text.js';

/** What a replay found: a row for each history, and below them the aggregates that differ. */
export function verifyReport(replays: readonly ServiceReplay[], colours: Ansis): string {
  const columns = ['SERVICE', 'ENTITY', 'ROWS', 'EVENTS', 'DIFFERENCES'];
  const rows = replays.flatMap(({ service, histories }) =>
    histories.map((report) => [
      ...[service, report.entity, String(report.rows), String(report.events)],
      report.differing > 0 ? colours.red(String(report.differing)) : colours.green('none'),
    ]),
  );
  const details = replays.flatMap(({ histories }) => histories.flatMap((one) => detailsOf(one, colours)));
  return [table(columns, rows, colours), ...details].join('\n');
}

function detailsOf({ entity, differing, differences, unrecorded }: ReplayReport, colours: Ansis): string[] {
  const more = differing - differences.length;
  return [
    ...(unrecorded > 0 ? [colours.dim(`${entity}: rows without a history: ${unrecorded}`)] : []),
    ...differences.flatMap(({ id, problem, fields }) => [
      `${entity} ${escapedText(id)}: ${escapedText(problem)}`,
      ...fields.map(
        ({ field, row, history }) => `  ${field}: ${escapedJson(row)}, not ${escapedJson(history)}`,
      ),
    ]),
    ...(more > 0 ? [`${entity}: not shown: ${more}`] : []),
  ];
}
