import { planOf } from '../plan/drill-plan.js';
import { fewerChanges, smallestBroken } from '../plan/fewer-changes.js';
import { isBroken } from '../verdicts/verdict.js';
import { factsOf } from './facts-of.js';
import { runDrill } from './run-drill.js';
import type { DrillEntry } from '../plan/drill-catalogue.js';
import type { Attempt } from '../plan/fewer-changes.js';
import type { Outcome } from '../verdicts/outcome.js';
import type { RunningCopy } from '../copy/running-copy.js';
import type { DrillRun } from './drill-run.js';
import type { ServiceVerification } from './load-verifications.js';

/** How long and how hard the drills are. */
export interface Effort {
  readonly faults: number;
  /** The share of the usual number of changes. */
  readonly share: number;
  readonly settleMs: number;
  readonly awayMs: number;
  /** How long a drill that breaks an invariant is repeated with fewer changes. */
  readonly shrinkMs: number;
}

export const USUAL: Effort = { faults: 4, share: 1, settleMs: 90_000, awayMs: 20_000, shrinkMs: 120_000 };
/** For a job that has two minutes. */
export const BRIEF: Effort = { faults: 2, share: 0.5, settleMs: 60_000, awayMs: 5_000, shrinkMs: 30_000 };

export interface DrillsOptions {
  readonly copy: RunningCopy;
  readonly verifications: readonly ServiceVerification[];
  readonly seed: number;
  readonly effort: Effort;
  readonly signal: AbortSignal;
  readonly listeners: {
    readonly onBegin: (drill: string) => void;
    /** Repeated with fewer changes, since it broke an invariant. */
    readonly onRepeat: (drill: string, changes: number) => void;
    readonly onEnd: (outcome: Outcome) => void;
  };
}

/** Runs drills one after another. One that breaks an invariant is repeated with fewer changes, and leaves a new system. */
export async function runDrills(drills: readonly DrillEntry[], given: DrillsOptions): Promise<Outcome[]> {
  const options = { ...given, poison: [] };
  const outcomes: Outcome[] = [];
  for (const drill of drills) {
    options.listeners.onBegin(drill.name);
    const outcome = await outcomeOf(drill, options);
    options.listeners.onEnd(outcome);
    outcomes.push(outcome);
    if (outcome.verdicts.some(isBroken) && drill !== drills.at(-1)) await startOver(options);
  }
  return outcomes;
}

/** The options, and what the copy has been sent since it was empty. */
type DrillsState = DrillsOptions & Pick<DrillRun, 'poison'>;

async function startOver({ copy, poison }: DrillsState): Promise<void> {
  poison.length = 0;
  await copy.startOver();
}

async function outcomeOf(drill: DrillEntry, options: DrillsState): Promise<Outcome> {
  const { seed, effort } = options;
  const isRush = options.verifications.some(({ verification }) => verification.rushes?.[drill.name]);
  const changes = isRush ? drill.changes : Math.max(1, Math.round(drill.changes * effort.share));
  const startedAt = Date.now();
  const verdicts = await runDrill(runOf(drill, changes, options));
  const outcome = {
    ...{ drill: drill.name, description: drill.description, seed, changes, verdicts },
    tookMs: Date.now() - startedAt,
    repeat: `msx verify ${drill.name} --seed ${seed}${effort === BRIEF ? ' --ci' : ''}`,
  };
  if (!verdicts.some(isBroken)) return outcome;
  return { ...outcome, smallest: await smallestOf(drill, changes, options) };
}

/** Each attempt begins with an empty system, as what is broken in a database stays so. */
async function smallestOf(drill: DrillEntry, changes: number, options: DrillsState): Promise<number> {
  const attempts: Attempt[] = [{ changes, broken: true }];
  const deadline = Date.now() + options.effort.shrinkMs;
  for (let next = fewerChanges(attempts); next !== undefined; next = fewerChanges(attempts)) {
    if (Date.now() > deadline) break;
    options.listeners.onRepeat(drill.name, next);
    await startOver(options);
    const verdicts = await runDrill(runOf(drill, next, options));
    attempts.push({ changes: next, broken: verdicts.some(isBroken) });
  }
  return smallestBroken(attempts);
}

function runOf(
  drill: DrillEntry,
  changes: number,
  { copy, verifications, poison, seed, effort, signal }: DrillsState,
): Omit<DrillRun, 'maker'> {
  const { settleMs, awayMs, faults } = effort;
  const plan = planOf(drill, factsOf(copy.system, verifications), { seed, changes, faults });
  return { plan, copy, verifications, poison, settleMs, awayMs, signal };
}
