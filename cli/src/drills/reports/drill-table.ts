import { table } from '../../terminal/screen/table.js';
import type { Ansis } from 'ansis';
import type { ListedDrill } from '../plan/drill-catalogue.js';

/** The drills, with why some do not apply. */
export function drillTable(drills: readonly ListedDrill[], colours: Ansis): string {
  const rows = drills.map(({ name, description, absence }) => [
    name,
    absence === undefined ? colours.green('yes') : colours.yellow('no'),
    absence === undefined ? description : `${description} (${absence})`,
  ]);
  return table(['DRILL', 'APPLIES', 'WHAT HAPPENS'], rows, colours);
}
