import { readFileSync } from 'node:fs';

/** A field definition of Apache Kafka, reduced to what is needed here. */
export interface ApacheField {
  readonly name: string;
  readonly type: string;
  readonly versions: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly tag?: number;
  readonly default?: string | boolean;
  readonly fields?: readonly ApacheField[];
}

export interface ApacheMessage {
  readonly apiKey: number;
  readonly type: 'request' | 'response';
  readonly name: string;
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly fields: readonly ApacheField[];
  /** Structs that several fields of the message have as their type. */
  readonly commonStructs?: readonly ApacheStruct[];
}

type ApacheStruct = Pick<ApacheMessage, 'name' | 'fields'>;

/** The definitions in a kafka-clients jar, as scripts/apache-definitions.mjs extracted them. */
export const apacheMessages = (): ApacheMessage[] => {
  const [, ...lines] = readFileSync(new URL('./apache-definitions.fixture.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const message = JSON.parse(line) as ApacheMessage;
    return { ...message, fields: expanded(message.fields, message.commonStructs ?? []) };
  });
};

/** The fields with the common structs in place. */
const expanded = (fields: readonly ApacheField[], structs: readonly ApacheStruct[]): ApacheField[] =>
  fields.map((field) => {
    const inner = field.fields ?? structs.find(({ name }) => name === field.type.replace('[]', ''))?.fields;
    return inner ? { ...field, fields: expanded(inner, structs) } : field;
  });

export type Range = readonly [first: number, last: number];

/** `3`, `0-4`, `7+` and `none`. */
export const rangeOf = (text = 'none'): Range => {
  if (text === 'none') return [Infinity, -Infinity];
  const [first, last] = text.split(/[-+]/);
  return [Number(first), last === undefined ? Number(first) : last === '' ? Infinity : Number(last)];
};

export const intersection = (a: Range, b: Range): Range => [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
