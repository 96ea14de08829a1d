import type { Ansis } from 'ansis';
import type { Workload } from '../../shipping/kubernetes/deploy/workload.js';
import { table } from '../screen/table.js';
import { progressView } from './progress-view.js';

export interface RolloutView {
  step(text: string): void;
  rollout(workloads: readonly Workload[]): void;
  end(): void;
}

/** A line per step, and below it a table that is updated in place; without a terminal, a line per change. */
export async function rolloutView({
  silent,
  colours,
}: {
  silent: boolean;
  colours: Ansis;
}): Promise<RolloutView> {
  let shown: readonly Workload[] = [];
  const draw = () => (shown.length > 0 ? workloadTable(shown, colours).split('\n') : []);
  const view = await progressView({ silent, eager: true, draw });
  return {
    step: (text) => {
      shown = [];
      view.step(text);
    },
    rollout: (workloads) => {
      shown = workloads;
      for (const workload of workloads) view.show(workload.name, stateOf(workload), lineOf(workload));
    },
    end: () => view.end(),
  };
}

const stateOf = ({ state }: Workload) => (state === 'waiting' ? 'pending' : state);

const lineOf = ({ name, ready, wanted, state, waitingFor }: Workload): string =>
  state === 'done' ? `${name}: done` : `${name}: ${ready} of ${wanted} ready: ${waitingFor}`;

export function workloadTable(workloads: readonly Workload[], colours: Ansis): string {
  const paint = { done: colours.green, waiting: colours.yellow, failed: colours.red };
  const rows = workloads.map(({ kind, name, ready, wanted, state, waitingFor }) => [
    name,
    kind,
    `${ready}/${wanted}`,
    paint[state](state),
    waitingFor,
  ]);
  return table(['NAME', { heading: 'KIND', optional: true }, 'READY', 'STATE', 'WHY'], rows, colours);
}
