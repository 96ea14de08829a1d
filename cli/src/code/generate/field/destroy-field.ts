import { MsxError } from '../../../terminal/errors/msx-error.js';
import { closest } from '../../../model/system/closest.js';
import { applyPlan, planInTurn } from '../apply-plan.js';
import { planSlices } from '../changes/plan-slices.js';
import { destroySlice } from '../destroy-slice.js';
import { blockOf } from '../edits/proto-blocks.js';
import { camel, snake, wordsOf } from '../names/words.js';
import { knownField } from './known-field.js';
import { fieldId } from './field-slice.js';
import { findEntity } from './find-entity.js';
import { checkPlaces } from './check-places.js';
import { removalId, removalSlice } from './field-removal.js';
import type { AppliedPlan } from '../apply-plan.js';
import type { GeneratorContext } from '../generator-context.js';
import type { FoundEntity } from './find-entity.js';

export interface FieldRemoval {
  readonly entity: string;
  readonly field: string;
}

export interface DestroyFieldOptions {
  readonly dryRun: boolean;
  /** The text of a file in the last commit, if there is git. */
  readonly committed: (file: string) => Promise<string | undefined>;
}

export interface DestroyedField extends AppliedPlan, FieldRemoval {
  readonly service: string;
  /** `undone` when nobody can know the field yet; otherwise its number and name are reserved. */
  readonly way: 'undone' | 'reserved';
}

/**
 * Removes a field of an entity. What was generated and is not committed yet is undone; any other field is taken out so
 * that its number and name are never used again. Throws UNKNOWN_ENTITY, UNKNOWN_FIELD, FIELD_IN_USE and PLACE_MISSING.
 */
export async function destroyField(
  context: GeneratorContext,
  request: FieldRemoval,
  options: DestroyFieldOptions,
): Promise<DestroyedField> {
  const state = await context.state();
  const entity = findEntity(context.system, request.entity, state.ledger);
  const name = camel(wordsOf(request.field));
  const about = { entity: entity.name, field: name, service: entity.service.name };
  const id = fieldId(entity.name, name);
  if (!state.ledger.slices[removalId(entity.name, name)]) checkKnown(entity, name);
  else return { ...about, way: 'reserved', ...applyPlan(context, NO_CHANGES, options) };
  if (state.ledger.slices[id] && !(await isCommitted(entity, name, options)))
    return { ...about, way: 'undone', ...(await destroySlice(context, id, options)) };
  const field = knownField(entity, name, state);
  const plan = await planInTurn(context, state, async (from) =>
    checkPlaces(await planSlices([removalSlice(context, entity, { field, state: from })], from)),
  ).catch((error: unknown) => {
    throw inUse(error, about);
  });
  return { ...about, way: 'reserved', ...applyPlan(context, plan, options) };
}

const NO_CHANGES = { changes: new Map<string, string>(), owned: [], byHand: [] };

function inUse(error: unknown, { entity, field }: FieldRemoval): unknown {
  if (!(error instanceof MsxError) || error.code !== 'GENERATED_BROKEN') return error;
  const { errors } = error.facts as { errors: string[] };
  return new MsxError('FIELD_IN_USE', { entity, field, errors }, { cause: error });
}

function checkKnown({ name, contract }: FoundEntity, field: string): void {
  const members = blockOf(contract.text, 'message', name)!.members.map((each) => camel(wordsOf(each.name)));
  if (members.includes(field)) return;
  const similar = closest(field, members);
  throw new MsxError('UNKNOWN_FIELD', { entity: name, field, file: contract.file, known: members, similar });
}

/** Whether the last commit has the field; without git, it may have been published. */
async function isCommitted(
  { name, contract }: FoundEntity,
  field: string,
  { committed }: DestroyFieldOptions,
): Promise<boolean> {
  const text = await committed(contract.file);
  if (text === undefined) return true;
  const members = blockOf(text, 'message', name)?.members ?? [];
  return members.some((each) => each.name === snake(wordsOf(field)));
}
