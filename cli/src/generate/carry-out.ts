import { MsxError } from '../errors/msx-error.js';
import { applyChanges } from './changes/apply-changes.js';
import { planProjections } from './changes/plan-projections.js';
import { showChanges } from './changes/show-changes.js';
import { outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { SlicePlan } from './changes/plan-slice.js';
import type { Workshop } from './workshop.js';

export interface CarriedOut extends Outcome {
  /** As `git diff` has it. */
  readonly diff: string;
}

/** Makes the changes of a plan, and what msx.yaml then projects; or only tells what they would be. */
export function carryOut(
  { system, read, interrupted }: Workshop,
  plan: SlicePlan,
  { dryRun }: { dryRun: boolean },
): CarriedOut {
  const projections = planProjections(system, plan.changes);
  const changes = new Map([...plan.changes, ...projections]);
  const done = { ...outcomeOf({ ...plan, changes }, read), diff: showChanges(changes, read) };
  if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (!dryRun) applyChanges(system.root, changes);
  return done;
}
