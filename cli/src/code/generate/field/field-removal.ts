import { blockOf } from '../edits/proto-blocks.js';
import { isAbout } from '../edits/owner.js';
import { snake } from '../names/words.js';
import { fieldDifference } from './field-difference.js';
import { migrationOf, nextTimestamp } from './migration.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Edit, ProtoEdit } from '../edits/edit.js';
import type { Field } from '../fields/field.js';
import type { GeneratorContext } from '../generator-context.js';
import type { Slice } from '../slice.js';
import type { FoundEntity } from './find-entity.js';

export const removalId = (entity: string, field: string): string => `removal ${entity}.${field}`;

/**
 * Takes a field that clients and events may know out of an entity: its number and its name stay reserved in the
 * contract, and a later migration drops its columns.
 */
export function removalSlice(
  context: GeneratorContext,
  entity: FoundEntity,
  { field, state }: { field: Field; state: ProjectState },
): Slice {
  const at = nextTimestamp(entity.service, state.read);
  const migration = migrationOf(context, entity, { field, at, kind: 'dropped' });
  const { edits } = fieldDifference(context, entity, { field, state, complete: true });
  return {
    id: removalId(entity.name, field.name),
    template: 'removal',
    version: 1,
    inputs: { entity: entity.name, field: field.name, at },
    ...(entity.part && { part: entity.part }),
    files: migration.files,
    edits: [
      ...reservations(entity, field, state.read(entity.contract.file)!),
      ...edits.flatMap((edit) => withdrawn(edit, field)).reverse(),
      ...migration.edits,
    ],
  };
}

function reservations({ name, contract }: FoundEntity, field: Field, text: string): ProtoEdit[] {
  const column = snake(field.words);
  return [name, `Create${name}Request`, `Update${name}Request`].flatMap((message) => {
    const member = blockOf(text, 'message', message)?.members.find((each) => each.name === column);
    if (!member) return [];
    const where = { at: 'field', name: message, field: column } as const;
    const reserved = `reserved ${member.number};\nreserved "${column}";`;
    return [{ kind: 'proto', file: contract.file, where, text: reserved }];
  });
}

/** The reverse of an edit; a test that other fields share stays, without this one. */
function withdrawn(edit: Edit, { name }: Field): Edit[] {
  if (edit.kind === 'import') return [{ ...edit, gone: true }];
  if (edit.kind !== 'part') return [];
  const isOwn = edit.path.length === 0 || [...edit.path, edit.key].some((key) => isAbout(key, name));
  return isOwn ? [{ ...edit, gone: true }] : [];
}
