import { seconds } from '../../terminal/screen/duration-text.js';
import { brokenIn } from '../verdicts/outcome.js';
import type { ProgressView } from '../../terminal/progress/progress-view.js';
import type { Outcome } from '../verdicts/outcome.js';
import type { DrillEntry } from '../plan/drill-catalogue.js';

const START = 'the copy of the system';

/** Shows the drills as rows, each once it has begun. */
export function drillProgress(view: ProgressView, drills: readonly DrillEntry[]) {
  const startedAt = Date.now();
  const first = drills[0]!.name;
  const onBegin = (name: string) => {
    if (name === first) view.show(START, 'done', `${START} started in ${seconds(Date.now() - startedAt)}`);
    view.show(name, 'pending', name);
  };
  return {
    onStart: () => view.show(START, 'pending', START),
    listeners: {
      onBegin,
      onRepeat: (name: string, changes: number) =>
        view.show(name, 'pending', `${name}: repeating it with fewer changes: ${changes}`),
      onEnd: (outcome: Outcome) =>
        view.show(outcome.drill, brokenIn(outcome).length > 0 ? 'failed' : 'done', endText(outcome)),
    },
  };
}

/** `poison: 16 invariants held in 4.2 s` */
function endText(outcome: Outcome): string {
  const { drill, verdicts, tookMs } = outcome;
  const broken = brokenIn(outcome).length;
  return broken === 0
    ? `${drill}: ${verdicts.length} invariants held in ${seconds(tookMs)}`
    : `${drill}: ${broken} of ${verdicts.length} invariants broken in ${seconds(tookMs)}`;
}
