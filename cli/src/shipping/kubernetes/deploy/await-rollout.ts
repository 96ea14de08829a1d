import { setTimeout as delay } from 'node:timers/promises';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { clusterState } from './cluster-state.js';
import type { ListApi } from './cluster-state.js';
import type { Workload } from './workload.js';

export interface RolloutGoal {
  readonly system: string;
  /** `Kind/name` of the workloads to wait for. */
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

const POLL_MS = 500;

/** A failure may be a registry that hiccups: it counts once it has lasted this long. */
const FAILURE_GRACE_MS = 6000;

export const idOf = ({ kind, name }: Pick<Workload, 'kind' | 'name'>): string => `${kind}/${name}`;

/** An API server that restarts answers again: it counts as unreachable after this long. */
const UNREACHABLE_AFTER_MS = 10_000;

/** Waits until all workloads are done, one of them has failed, or the deadline has passed. Throws INTERRUPTED. */
export async function awaitRollout(api: ListApi, goal: RolloutGoal): Promise<RolloutOutcome> {
  const poll = toleratingOutages(() => clusterState(api, goal.system));
  let workloads: Workload[] = [];
  let failedSince: number | undefined;
  for (;;) {
    const all = await poll();
    workloads = all?.filter((workload) => goal.workloads.includes(idOf(workload))) ?? workloads;
    goal.show(workloads);
    const complete = workloads.length === goal.workloads.length;
    if (complete && workloads.every(({ state }) => state === 'done')) return { workloads, outcome: 'done' };
    const failed = workloads.some(({ state }) => state === 'failed');
    failedSince = failed ? (failedSince ?? Date.now()) : undefined;
    if (failedSince && Date.now() - failedSince >= FAILURE_GRACE_MS) return { workloads, outcome: 'failed' };
    if (Date.now() >= goal.deadline) return { workloads, outcome: 'late' };
    await delay(POLL_MS, undefined, { signal: goal.signal }).catch(() => {
      throw new MsxError('INTERRUPTED', {});
    });
  }
}

/** Repeated requests may go unanswered for a while: such a request yields nothing. */
function toleratingOutages<T>(poll: () => Promise<T>): () => Promise<T | undefined> {
  let answeredAt = Date.now();
  return async () => {
    try {
      const answer = await poll();
      answeredAt = Date.now();
      return answer;
    } catch (error) {
      if (Date.now() - answeredAt >= UNREACHABLE_AFTER_MS) throw error;
      return undefined;
    }
  };
}
