import { groupTimes } from './group-times.js';
import type { Usage } from '../../engine/driver.js';
import type { GroupTimes } from './group-times.js';

/** Samples closer than this are dominated by the resolution of the clock. */
const MIN_INTERVAL_MS = 1_000;

interface Sample {
  at: number;
  groups: Map<number, GroupTimes>;
}

/**
 * The CPU load of process groups between now and an earlier sample; for a group that is younger than the sample, since
 * its start.
 */
export class UsageMeter {
  #before: Sample = { at: 0, groups: new Map() };
  #last: Sample = this.#before;

  constructor(
    private readonly read: (groups: Set<number>) => Promise<Map<number, GroupTimes>> = groupTimes,
  ) {}

  /** To be called periodically: later usage is measured since then. */
  async sample(pids: ReadonlyMap<string, number>, now = Date.now()): Promise<void> {
    if (pids.size === 0) return;
    const groups = await this.read(new Set(pids.values()));
    this.#before = this.#last;
    this.#last = { at: now, groups };
  }

  /** The usage by the names of the group leaders. */
  async usage(pids: ReadonlyMap<string, number>, now = Date.now()): Promise<Map<string, Usage>> {
    if (pids.size === 0) return new Map();
    const groups = await this.read(new Set(pids.values()));
    const since = now - this.#last.at >= MIN_INTERVAL_MS ? this.#last : this.#before;
    const usages = [...pids].flatMap(([name, pid]) => {
      const group = groups.get(pid);
      return group ? [[name, usageOf(group, since, { pid, now })] as const] : [];
    });
    return new Map(usages);
  }
}

function usageOf(group: GroupTimes, since: Sample, { pid, now }: { pid: number; now: number }): Usage {
  const { memory, beganAt, share } = group;
  if (share !== undefined) return { memory, cpu: share };
  const earlier = since.groups.get(pid);
  const from = earlier ? { at: since.at, cpuMs: earlier.cpuMs } : { at: beganAt, cpuMs: 0 };
  const ms = now - from.at;
  return { memory, cpu: ms > 0 ? Math.max(0, group.cpuMs - from.cpuMs) / ms : 0 };
}
