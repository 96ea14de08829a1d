import type { Ansis } from 'ansis';
import type { Workload } from '../kubernetes/deploy/workload.js';
import { table } from './table.js';

export interface RolloutView {
  step(text: string): void;
  rollout(workloads: readonly Workload[]): void;
  end(): void;
}

/** A line per step; below it, on a terminal, a table that changes in place, and elsewhere a line per change. */
export function rolloutView({ silent, colours }: { silent: boolean; colours: Ansis }): RolloutView {
  if (silent) return { step: () => {}, rollout: () => {}, end: () => {} };
  const out = process.stdout;
  return out.isTTY ? liveView(out, colours) : lineView(out);
}

function lineView(out: NodeJS.WriteStream): RolloutView {
  const said = new Map<string, string>();
  return {
    step: (text) => void out.write(`${text}\n`),
    rollout: (workloads) => {
      for (const workload of workloads) {
        const text = lineOf(workload);
        if (said.get(workload.name) !== text) out.write(`${text}\n`);
        said.set(workload.name, text);
      }
    },
    end: () => {},
  };
}

const lineOf = ({ name, ready, wanted, state, waitingFor }: Workload): string =>
  state === 'done' ? `${name}: done` : `${name}: ${ready} of ${wanted} ready: ${waitingFor}`;

function liveView(out: NodeJS.WriteStream, colours: Ansis): RolloutView {
  let lines = 0;
  const clear = () => {
    if (lines > 0) out.write(`\u001B[${lines}A\u001B[J`);
    lines = 0;
  };
  return {
    step: (text) => {
      clear();
      out.write(`${colours.green('✔')} ${text}\n`);
    },
    rollout: (workloads) => {
      clear();
      const shown = workloadTable(workloads, colours)
        .split('\n')
        .map((line) => line.slice(0, out.columns ?? 200));
      out.write(`${shown.join('\n')}\n`);
      lines = shown.length;
    },
    end: () => void (lines = 0),
  };
}

export function workloadTable(workloads: readonly Workload[], colours: Ansis): string {
  const paint = { done: colours.green, waiting: colours.yellow, failed: colours.red };
  const rows = workloads.map(({ kind, name, ready, wanted, state, waitingFor }) => [
    name,
    kind,
    `${ready}/${wanted}`,
    paint[state](state),
    waitingFor,
  ]);
  return table(['NAME', 'KIND', 'READY', 'STATE', 'WHY'], rows, colours);
}
