import { setTimeout as delay } from 'node:timers/promises';
import { MsxError } from '../../errors/msx-error.js';
import { clusterState } from './cluster-state.js';
import type { Watched } from './cluster-state.js';
import type { Workload } from './workload.js';

export interface RolloutWish {
  readonly system: string;
  /** `Kind/name` of what is to be done. */
  readonly workloads: readonly string[];
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly show: (workloads: readonly Workload[]) => void;
}

export interface RolloutOutcome {
  readonly workloads: readonly Workload[];
  readonly outcome: 'done' | 'failed' | 'late';
}

/** Milliseconds. */
const LOOK_EVERY = 500;

/** What looks hopeless may be a registry that hiccups: it has to look so for this long, in milliseconds. */
const HOPELESS_FOR = 6000;

export const idOf = ({ kind, name }: Pick<Workload, 'kind' | 'name'>): string => `${kind}/${name}`;

/** An API server that restarts answers again: it has to be silent for this long, in milliseconds. */
const SILENT_FOR = 10_000;

/** Until all are done, or one of them cannot be any more, or the time is over. Throws INTERRUPTED. */
export async function awaitRollout(api: Watched, wish: RolloutWish): Promise<RolloutOutcome> {
  const look = patiently(() => clusterState(api, wish.system));
  let workloads: Workload[] = [];
  let failedSince: number | undefined;
  for (;;) {
    const all = await look();
    workloads = all?.filter((workload) => wish.workloads.includes(idOf(workload))) ?? workloads;
    wish.show(workloads);
    const there = workloads.length === wish.workloads.length;
    if (there && workloads.every(({ state }) => state === 'done')) return { workloads, outcome: 'done' };
    const failed = workloads.some(({ state }) => state === 'failed');
    failedSince = failed ? (failedSince ?? Date.now()) : undefined;
    if (failedSince && Date.now() - failedSince >= HOPELESS_FOR) return { workloads, outcome: 'failed' };
    if (Date.now() >= wish.deadline) return { workloads, outcome: 'late' };
    await delay(LOOK_EVERY, undefined, { signal: wish.signal }).catch(() => {
      throw new MsxError('INTERRUPTED', {});
    });
  }
}

/** What is asked again and again may go unanswered for a while. */
function patiently<T>(ask: () => Promise<T>): () => Promise<T | undefined> {
  let heard = Date.now();
  return async () => {
    try {
      const answer = await ask();
      heard = Date.now();
      return answer;
    } catch (error) {
      if (Date.now() - heard >= SILENT_FOR) throw error;
      return undefined;
    }
  };
}
