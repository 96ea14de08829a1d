import { applyPlan, planInTurn } from '../apply-plan.js';
import { planSequentially, planSlices } from '../changes/plan-slices.js';
import { checkPlaces } from './check-places.js';
import { findEntity } from './find-entity.js';
import { fieldSlices, oneField } from './field-slice.js';
import type { AppliedPlan } from '../apply-plan.js';
import type { ProjectState, SlicePlan } from '../changes/plan-slice.js';
import type { GeneratorContext } from '../generator-context.js';

export interface FieldsRequest {
  readonly entity: string;
  readonly fields: readonly string[];
}

export interface GeneratedFields extends AppliedPlan {
  readonly entity: string;
  readonly service: string;
  readonly fields: readonly string[];
}

/** Adds fields to an entity, all or none. All errors are thrown before anything is written. */
export async function generateFields(
  context: GeneratorContext,
  request: FieldsRequest,
  options: { dryRun: boolean },
): Promise<GeneratedFields> {
  const state = await context.state();
  const { name, service } = findEntity(context.system, request.entity, state.ledger);
  const fields = request.fields.map((each) => oneField(each).name);
  const plan = await planInTurn(context, state, (from) => planFields(context, request, from));
  return { entity: name, service: service.name, fields, ...applyPlan(context, plan, options) };
}

/** Throws PLACE_MISSING. */
async function planFields(
  context: GeneratorContext,
  { entity, fields }: FieldsRequest,
  state: ProjectState,
): Promise<SlicePlan> {
  const plan = await planSequentially(fields, state, (field, from) =>
    planSlices(fieldSlices(context, { entity, field }, from), from),
  );
  return checkPlaces(plan);
}
