import { readMetrics } from '../../inspection/events/read-metrics.js';
import type { Service } from '../../model/system/system.js';
import type { RunningCopy } from '../copy/running-copy.js';
import type { DrillPlan } from '../plan/drill-plan.js';
import type { Findings } from '../verdicts/verdict.js';
import type { ChangeMaker } from './change-maker.js';
import type { ServiceVerification } from './load-verifications.js';

/** What a drill works with. */
export interface DrillRun {
  readonly plan: DrillPlan;
  readonly copy: RunningCopy;
  readonly verifications: readonly ServiceVerification[];
  readonly maker: ChangeMaker;
  /** The messages to be refused that this copy was ever sent, by earlier drills, too. */
  readonly poison: Findings['poison'][number][];
  /** How long the services may take to finish what they have to do. */
  readonly settleMs: number;
  /** How long something stays away, or paused. */
  readonly awayMs: number;
  readonly signal: AbortSignal;
}

/** The service that something is done to, where a drill does it to one. */
export const targetOf = ({ plan, copy }: DrillRun): Service =>
  copy.system.services.find(({ name }) => name === plan.faults[0]!.service)!;

/** What only the drill itself has seen. */
export type Traces = Partial<Pick<Findings, 'handledAgain'>>;

/** Brings a fault about while it makes changes. */
export type Drill = (run: DrillRun) => Promise<Traces>;

/** How many events the services have handled since they started, by service and topic. */
export async function handledCounts({ system }: RunningCopy): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { name, healthPort } of system.services)
    for (const { name: metric, labels, value } of (await readMetrics(healthPort)) ?? [])
      if (metric === 'events_consumed_total' && labels['outcome'] === 'handled')
        counts.set(`${labels['topic']} by ${name}`, value);
  return counts;
}
