import type { Ansis } from 'ansis';
import type { Workload } from '../kubernetes/deploy/workload.js';
import { fold } from './fold.js';
import { LiveRegion } from './live-region.js';
import { columnsOf, isLive } from './screen.js';
import { table } from './table.js';

export interface RolloutView {
  step(text: string): void;
  rollout(workloads: readonly Workload[]): void;
  end(): void;
}

/** A line per step; below it, on a terminal, a table that changes in place, and elsewhere a line per change. */
export async function rolloutView({
  silent,
  colours,
}: {
  silent: boolean;
  colours: Ansis;
}): Promise<RolloutView> {
  if (silent) return { step: () => {}, rollout: () => {}, end: () => {} };
  return isLive(process.stdout) ? liveView(await LiveRegion.open(), colours) : lineView(process.stdout);
}

function lineView(out: NodeJS.WriteStream): RolloutView {
  const said = new Map<string, string>();
  return {
    step: (text) => void out.write(`${fold(text, columnsOf(out))}\n`),
    rollout: (workloads) => {
      for (const workload of workloads) {
        const text = lineOf(workload);
        if (said.get(workload.name) !== text) out.write(`${fold(text, columnsOf(out))}\n`);
        said.set(workload.name, text);
      }
    },
    end: () => {},
  };
}

const lineOf = ({ name, ready, wanted, state, waitingFor }: Workload): string =>
  state === 'done' ? `${name}: done` : `${name}: ${ready} of ${wanted} ready: ${waitingFor}`;

const liveView = (region: LiveRegion, colours: Ansis): RolloutView => ({
  step: (text) => {
    region.draw([]);
    LiveRegion.print(fold(`${colours.green('✔')} ${text}`, columnsOf(process.stdout)));
  },
  rollout: (workloads) => region.draw(workloadTable(workloads, colours).split('\n')),
  end: () => region.end(),
});

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
