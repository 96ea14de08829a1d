import { coloursOf } from './colours.js';
import { seconds } from './dev-table.js';
import { rowsFor } from './rows.js';

/** Shows one step after the other. */
export interface Steps<Name extends string> {
  /** Ends the step before. */
  begin: (name: Name) => void;
  end: (how?: 'done' | 'failed') => void;
}

/** Steps with the time that each has taken, shown as rows are. */
export async function steps<Name extends string>(
  titles: Record<Name, string>,
  { silent }: { silent: boolean },
): Promise<Steps<Name>> {
  const rows = await rowsFor({ silent });
  const { dim } = coloursOf(process.stdout);
  let current: { name: Name; since: number } | undefined;
  const finish = (how: 'done' | 'failed') => {
    if (!current) return;
    const { name, since } = current;
    current = undefined;
    rows.show(name, how, `${titles[name]} ${dim(seconds(performance.now() - since))}`);
  };
  const begin = (name: Name) => {
    finish('done');
    current = { name, since: performance.now() };
    rows.show(name, 'pending', titles[name]);
  };
  const end: Steps<Name>['end'] = (how = 'done') => {
    finish(how);
    rows.end();
  };
  return { begin, end };
}
