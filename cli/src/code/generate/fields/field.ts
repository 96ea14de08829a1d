/** The types of fields; `list` is written string[]. */
export const fieldTypes = [
  'string',
  'int',
  'float',
  'bool',
  'money',
  'datetime',
  'id',
  'enum',
  'list',
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** One field of an entity. */
export interface Field {
  /** In camelCase. */
  readonly name: string;
  readonly words: readonly string[];
  readonly type: FieldType;
  /** Whether it is required on creation. */
  readonly required: boolean;
  /** The default value, as code. */
  readonly defaultLiteral?: string;
  /** The words of each value of an enum. */
  readonly values: readonly (readonly string[])[];
}

/** The traits of a field that `#case`, `#each field` and `#if` can test. */
const traits = {
  any: () => true,
  required: ({ required }: Field) => required,
  optional: ({ required }: Field) => !required,
  default: ({ defaultLiteral }: Field) => defaultLiteral !== undefined,
  nullable: (field: Field) => isNullable(field),
  present: (field: Field) => !isNullable(field),
  /** Whether validation can reject a value, or its absence. */
  checked: ({ type, required }: Field) => type !== 'bool' && (type !== 'datetime' || required),
  /** Code that exists only so that the template itself compiles. */
  example: () => false,
} satisfies Record<string, (field: Field) => boolean>;

/** By default, a bool is false and a list is empty; all other types are null. */
const isNullable = ({ required, defaultLiteral, type }: Field) =>
  !required && defaultLiteral === undefined && type !== 'bool' && type !== 'list';

/** Whether a field matches an expression: a space means "and", `|` means "or". Throws Error for an unknown word. */
export function matches(field: Field, expression: string): boolean {
  return expression.split(/\s+/).every((term) => term.split('|').some((word) => has(field, word)));
}

function has(field: Field, word: string): boolean {
  if ((fieldTypes as readonly string[]).includes(word)) return field.type === word;
  if (Object.hasOwn(traits, word)) return traits[word as keyof typeof traits](field);
  throw new Error(`unknown feature "${word}"`);
}

/** Whether a word is a type or a trait of fields. */
export const isTrait = (word: string): boolean =>
  (fieldTypes as readonly string[]).includes(word) || Object.hasOwn(traits, word);
