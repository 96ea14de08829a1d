import { coloursOf } from '../screen/colours.js';
import { seconds } from '../screen/duration-text.js';
import { progressView } from './progress-view.js';

/** Shows steps that run one after the other. */
export interface Steps<Name extends string> {
  /** Ends the previous step. */
  begin: (name: Name) => void;
  end: (outcome?: 'done' | 'failed') => void;
}

/** Shows each step as a row, with the time that it took. */
export async function steps<Name extends string>(
  titles: Record<Name, string>,
  { silent }: { silent: boolean },
): Promise<Steps<Name>> {
  const rows = await progressView({ silent });
  const { dim } = coloursOf(process.stdout);
  let current: { name: Name; since: number } | undefined;
  const finish = (outcome: 'done' | 'failed') => {
    if (!current) return;
    const { name, since } = current;
    current = undefined;
    rows.show(name, outcome, `${titles[name]} ${dim(seconds(performance.now() - since))}`);
  };
  const begin = (name: Name) => {
    finish('done');
    current = { name, since: performance.now() };
    rows.show(name, 'pending', titles[name]);
  };
  const end: Steps<Name>['end'] = (outcome = 'done') => {
    finish(outcome);
    rows.end();
  };
  return { begin, end };
}
