import { MsxError } from '../../../terminal/errors/msx-error.js';
import { statementsOf } from '../edits/syntax.js';
import { exemplar } from '../projection/exemplar.js';
import { codeOf } from '../projection/marks.js';
import { fieldNames, namesOf, rename } from '../projection/rename.js';
import { scopesIn } from './identifiers.js';
import {
  CLIENT_METHODS,
  GRAPHQL_TYPES,
  METADATA_TYPES,
  STUB_NAMES,
  WELL_KNOWN_TYPES,
} from './taken-names.js';
import { camel, pascal } from './words.js';
import type { Template } from '../projection/marks.js';
import type { Scope } from './identifiers.js';
import type { Model } from '../projection/model.js';

/**
 * Checks that no name would have two meanings in a generated file or a stub. The names in use are read from the
 * templates themselves: what they declare, import and use. Throws NAME_INVALID.
 */
export function checkNames(model: Model, templates: readonly Template[]): void {
  checkScope(
    model,
    new Set([...STUB_NAMES, ...WELL_KNOWN_TYPES, ...GRAPHQL_TYPES]),
    'its contract or schema',
  );
  const contracts = templates.filter(({ file }) => file.endsWith('.proto'));
  const rpcs = contracts.flatMap(({ pieces }) => [...codeOf(pieces).matchAll(/^ *rpc (\w+)/gm)]);
  const methods = rpcs.map(([, name = '']) => name.charAt(0).toLowerCase() + name.slice(1));
  checkScope(model, new Set([...CLIENT_METHODS, ...methods]), 'every gRPC client');
  for (const template of templates.filter(({ file }) => file.endsWith('.ts')))
    for (const scope of scopesOf(template)) checkScope(model, scope, template.file);
}

const scopeCache = new WeakMap<Template, readonly Scope[]>();

function scopesOf(template: Template): readonly Scope[] {
  const cached = scopeCache.get(template);
  if (cached) return cached;
  const [file, ...functions] = scopesIn(statementsOf(codeOf(template.pieces)) ?? []);
  // Names in a file must not collide with the types in decorator metadata.
  const scopes = [new Set([...file!, ...METADATA_TYPES]), ...functions];
  scopeCache.set(template, scopes);
  return scopes;
}

function checkScope(model: Model, scope: Scope, where: string): void {
  const identifiers = new Map<string, string>();
  for (const identifier of scope)
    for (const { name, about, what } of generatedNamesOf(identifier, model)) {
      const other = identifiers.get(name);
      if (other !== undefined && other !== identifier) {
        const reason = `"${name}" already means something in ${where}`;
        throw new MsxError('NAME_INVALID', { what, name: about, reason });
      }
      identifiers.set(name, identifier);
    }
}

interface GeneratedName {
  readonly name: string;
  /** The name that the user chose. */
  readonly about: string;
  readonly what: string;
}

/** Only enum fields give names to types and functions. */
const [choice, otherChoice] = exemplar.fields.filter(({ type }) => type === 'enum');
const properties = new Set(exemplar.fields.map(({ name }) => name));

/** The names generated from an identifier of the exemplar; none for a property. */
function generatedNamesOf(identifier: string, model: Model): GeneratedName[] {
  if (properties.has(identifier) || holds(identifier, otherChoice!.words)) return [];
  const names = namesOf(exemplar, model);
  const entity = pascal(model.entity.words);
  if (!holds(identifier, choice!.words)) {
    const what = holds(identifier, exemplar.service) ? 'service' : 'entity';
    return [
      { name: rename(identifier, names), about: what === 'entity' ? entity : camel(model.service), what },
    ];
  }
  return model.fields
    .filter(({ type }) => type === 'enum')
    .map((field) => ({
      name: rename(identifier, new Map([...names, ...fieldNames(choice!, field)])),
      about: field.name,
      what: 'field',
    }));
}

const holds = (identifier: string, words: readonly string[]) =>
  identifier.toLowerCase().replaceAll('_', '').includes(words.join(''));

/** Marks a class or an enum as a type of the schema. */
const SCHEMA_TYPE =
  /@(?:ObjectType|InputType|InterfaceType|Scalar)\(|\b(?:registerEnumType|createUnionType)\(/;
const EXPORTED = /^export (?:abstract )?(?:class|enum|const|type) (\w+)/gm;

/** Checks for types that the schema of a gateway already has, which the compiler does not detect. Throws NAME_TAKEN. */
export function checkTypesOf(sources: ReadonlyMap<string, string>, { entity, fields }: Model): void {
  const one = pascal(entity.words);
  const enums = fields.filter(({ type }) => type === 'enum').map(({ words }) => one + pascal(words));
  for (const [file, text] of sources) {
    const names = SCHEMA_TYPE.test(text) ? [...text.matchAll(EXPORTED)].map(([, name]) => name!) : [];
    const taken = names.find((name) => [one, ...enums].includes(name));
    if (taken) throw new MsxError('NAME_TAKEN', { what: 'type', name: taken, by: file });
  }
}
