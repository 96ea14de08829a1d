import { MsxError } from '../../../terminal/errors/msx-error.js';
import { checkInputs } from '../check-inputs.js';
import { blockOf } from '../edits/proto-blocks.js';
import { parseFields } from '../fields/parse-fields.js';
import { checkNames } from '../names/check-names.js';
import { snake } from '../names/words.js';
import { removalId } from './field-removal.js';
import { findEntity } from './find-entity.js';
import { fieldDifference, serviceTemplates } from './field-difference.js';
import { migrationOf, nextTimestamp } from './migration.js';
import { moneyContract } from './money-contract.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Field } from '../fields/field.js';
import type { GeneratorContext } from '../generator-context.js';
import type { Slice } from '../slice.js';
import type { FoundEntity } from './find-entity.js';

/** The version of the templates of fields, increased when their output changes. */
const FIELD_VERSION = 1;

export interface FieldRequest {
  /** In any casing. */
  readonly entity: string;
  /** As one of the fields of `generate service`. */
  readonly field: string;
  /** When the migration was made. */
  readonly at?: number;
}

export const fieldId = (entity: string, field: string): string => `field ${entity}.${field}`;

/**
 * A field of an existing entity, from the contract to the gateway. The same request produces the same slice as long as
 * the ledger has it. Throws UNKNOWN_ENTITY, FIELDS_INVALID, FIELD_TAKEN, FIELD_RESERVED, FIELD_REQUIRED and PLACE_MISSING.
 */
export function fieldSlices(context: GeneratorContext, request: FieldRequest, state: ProjectState): Slice[] {
  const { ledger } = state;
  const entity = findEntity(context.system, request.entity, ledger);
  const field = oneField(request.field);
  const id = fieldId(entity.name, field.name);
  const known = ledger.slices[id];
  const inputs = { entity: entity.name, field: request.field.replace(/\s/g, '') };
  if (ledger.slices[removalId(entity.name, field.name)]) throw reserved(entity, field);
  if (known)
    checkInputs(`field ${entity.name} ${field.name}`, inputs, {
      entity: known.inputs['entity'],
      field: known.inputs['field'],
    });
  else checkField(entity, field, state);
  const at = Number(known?.inputs['at'] ?? request.at ?? nextTimestamp(entity.service, state.read));
  const migration = migrationOf(context, entity, { field, at, kind: 'added' });
  const made = known ? { files: [], edits: known.edits } : fieldDifference(context, entity, { field, state });
  if (!known) checkNames({ ...entity.model, fields: [field] }, serviceTemplates(context));
  return [
    ...(field.type === 'money' ? moneyContract(context, entity, state) : []),
    {
      id,
      template: 'field',
      version: FIELD_VERSION,
      inputs: { ...inputs, at },
      ...(entity.part && { part: entity.part }),
      files: [...made.files, ...migration.files],
      edits: known ? known.edits : [...made.edits, ...migration.edits],
    },
  ];
}

/** Throws FIELDS_INVALID and FIELD_REQUIRED. */
export function oneField(text: string): Field {
  const written = text.trim().replace(/\?$/, '');
  const [field, more] = parseFields(written);
  if (more)
    throw new MsxError('FIELDS_INVALID', { fields: text, column: 1, reason: 'quote each field on its own' });
  if (field!.required) throw new MsxError('FIELD_REQUIRED', { name: field!.name });
  return field!;
}

const reserved = ({ name, contract }: Pick<FoundEntity, 'name' | 'contract'>, field: Field) =>
  new MsxError('FIELD_RESERVED', { entity: name, name: field.name, file: contract.file });

function checkField({ name, contract }: FoundEntity, field: Field, { read }: ProjectState): void {
  const text = read(contract.file)!;
  const block = blockOf(text, 'message', name)!;
  const column = snake(field.words);
  if (block.reservedNames.includes(column)) throw reserved({ name, contract }, field);
  const taken = block.members.find((each) => each.name === column);
  if (!taken) return;
  const line = lineOf(text, name, column);
  throw new MsxError('FIELD_TAKEN', {
    entity: name,
    name: field.name,
    type: taken.type,
    file: contract.file,
    line,
  });
}

function lineOf(text: string, message: string, column: string): number {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\s*message ${message}\\b`).test(line));
  return lines.findIndex((line, n) => n > start && new RegExp(`\\b${column}\\s*=`).test(line)) + 1;
}
