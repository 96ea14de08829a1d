/** What a person can say about an entity, one word each; `list` is written string[]. */
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
  /** It must be given when something is created. */
  readonly required: boolean;
  /** As code: what it is unless given. */
  readonly defaultLiteral?: string;
  /** The words of each value of an enum. */
  readonly values: readonly (readonly string[])[];
}

/** What `#case`, `#each field` and `#if` can ask of a field. */
export const traits = {
  any: () => true,
  required: ({ required }: Field) => required,
  optional: ({ required }: Field) => !required,
  default: ({ defaultLiteral }: Field) => defaultLiteral !== undefined,
  nullable: (field: Field) => isNullable(field),
  present: (field: Field) => !isNullable(field),
  /** What is there only so that a template compiles where it stands. */
  example: () => false,
} satisfies Record<string, (field: Field) => boolean>;

/** A truth value is false and a list is empty unless given; anything else is nothing at all. */
const isNullable = ({ required, defaultLiteral, type }: Field) =>
  !required && defaultLiteral === undefined && type !== 'bool' && type !== 'list';

/** Whether a field is what an expression asks for: words are "and", `|` is "or". Throws Error for an unknown word. */
export function matches(field: Field, expression: string): boolean {
  return expression.split(/\s+/).every((term) => term.split('|').some((word) => has(field, word)));
}

function has(field: Field, word: string): boolean {
  if ((fieldTypes as readonly string[]).includes(word)) return field.type === word;
  if (Object.hasOwn(traits, word)) return traits[word as keyof typeof traits](field);
  throw new Error(`unknown feature "${word}"`);
}

/** Whether a word can be asked of a field at all. */
export const isTrait = (word: string): boolean =>
  (fieldTypes as readonly string[]).includes(word) || Object.hasOwn(traits, word);
