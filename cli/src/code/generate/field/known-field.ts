import { blockOf } from '../edits/proto-blocks.js';
import { parseFields } from '../fields/parse-fields.js';
import { snake, wordsOf } from '../names/words.js';
import { fieldId } from './field-slice.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Field } from '../fields/field.js';
import type { FoundEntity } from './find-entity.js';

/** A field that the entity has: as it was generated, or as its contract describes it. */
export function knownField(entity: FoundEntity, name: string, { ledger, read }: ProjectState): Field {
  const own = ledger.slices[fieldId(entity.name, name)]?.inputs['field'];
  const ofService = entity.part && ledger.slices[entity.part]!.inputs['fields'];
  const generated = [own, ofService].flatMap((each) =>
    typeof each === 'string' ? parseFields(each.replace(/\?$/, '')) : [],
  );
  return generated.find((each) => each.name === name) ?? described(entity, name, read(entity.contract.file)!);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  int32: 'int',
  double: 'float',
  bool: 'bool',
  'google.protobuf.Timestamp': 'datetime',
};

function described({ name: entity }: FoundEntity, name: string, contract: string): Field {
  const member = blockOf(contract, 'message', entity)!.members.find(
    (each) => each.name === snake(wordsOf(name)),
  )!;
  const [, optional, repeated, type = ''] = /^(optional )?(repeated )?(.+)$/.exec(member.type) ?? [];
  const written = repeated
    ? 'string[]'
    : (TYPES[type] ?? (type.endsWith('.Money') ? 'money' : `enum(${valuesOf(contract, type).join('|')})`));
  return parseFields(`${name}:${written}${optional || repeated || /bool|\./.test(type) ? '' : '!'}`)[0]!;
}

/** The values of an enum without its prefix and without the value for "unspecified". */
function valuesOf(contract: string, type: string): string[] {
  const prefix = `${snake(wordsOf(type)).toUpperCase()}_`;
  const values = blockOf(contract, 'enum', type)?.members.filter(({ number }) => number > 0) ?? [];
  return values.length > 0 ? values.map(({ name }) => name.replace(prefix, '').toLowerCase()) : ['unknown'];
}
