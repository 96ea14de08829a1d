import { MsxError } from '../../terminal/errors/msx-error.js';
import { applyChanges } from './changes/apply-changes.js';
import { formatPlan } from './changes/format-plan.js';
import { planProjections } from './changes/plan-projections.js';
import { planSlices } from './changes/plan-slices.js';
import { showChanges } from './changes/show-changes.js';
import { outcomeOf } from './outcome.js';
import { checkTypes } from './trial/check-types.js';
import type { Outcome } from './outcome.js';
import type { Formatter } from './changes/formatter.js';
import type { ProjectState, SlicePlan } from './changes/plan-slice.js';
import type { Slice } from './slice.js';
import type { GeneratorContext } from './generator-context.js';

export interface AppliedPlan extends Outcome {
  /** In the format of `git diff`. */
  readonly diff: string;
}

/**
 * Plans the changes of slices and type-checks the result. The compiler does not need formatted code, so it runs while
 * new slices are formatted. Throws FILES_IN_THE_WAY, GENERATED_BROKEN and PROTO_INVALID.
 */
export async function planAndCheck(
  { system }: GeneratorContext,
  slices: readonly Slice[],
  state: ProjectState,
): Promise<SlicePlan> {
  if (slices.every(({ id }) => state.ledger.slices[id])) {
    const plan = await planSlices(slices, state);
    await checkTypes(system, plan.changes);
    return plan;
  }
  const { changes } = await planSlices(slices, { ...state, format: unformatted });
  return bothOf(checkTypes(system, changes), planSlices(slices, state));
}

/**
 * The same for slices that are made one after the other, each from the texts that the previous one leaves: every file is
 * formatted once.
 */
export async function planInTurn(
  { system }: GeneratorContext,
  state: ProjectState,
  makePlan: (unformatted: ProjectState) => Promise<SlicePlan>,
): Promise<SlicePlan> {
  const plan = await makePlan({ ...state, format: unformatted });
  return bothOf(checkTypes(system, plan.changes), formatPlan(plan, state));
}

/** The plan, if the check succeeds; neither is left running when the other fails. */
async function bothOf(checking: Promise<void>, planning: Promise<SlicePlan>): Promise<SlicePlan> {
  const [checked, planned] = await Promise.allSettled([checking, planning]);
  if (checked.status === 'rejected') throw checked.reason;
  if (planned.status === 'rejected') throw planned.reason;
  return planned.value;
}

const unformatted: Formatter = Object.assign((_: string, text: string) => Promise.resolve(text), {
  like: (_: string, __: string, text: string) => Promise.resolve(text),
});

/** Applies the changes of a plan and the resulting projections of msx.yaml; a dry run only reports them. */
export function applyPlan(
  { system, read, interrupted }: GeneratorContext,
  plan: SlicePlan,
  { dryRun }: { dryRun: boolean },
): AppliedPlan {
  const projections = planProjections(system, plan.changes);
  const changes = new Map([...plan.changes, ...projections]);
  const done = { ...outcomeOf({ ...plan, changes }, read), diff: showChanges(changes, read) };
  if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (!dryRun) applyChanges(system.root, changes);
  return done;
}
