import { describe, expect, it } from '@jest/globals';
import { registry } from './registry.js';
import type { Shape, Type } from '../wire/field.js';
import {
  apacheMessages,
  intersection,
  rangeOf,
  type ApacheField,
  type Range,
} from './apache-definitions.fixture.js';

interface Described {
  readonly path: string;
  readonly type: string;
  readonly range: Range;
  readonly nullable: Range;
  readonly tag: number | undefined;
  readonly absent: unknown;
}

/** A field on one line, with its version ranges restricted to those of its parent and the table. */
const line = ({ path, type, range, nullable, tag, absent }: Described): string => {
  const nulls = intersection(nullable, range);
  const may = nulls[0] <= nulls[1] ? ` null ${nulls.join('-')}` : '';
  return `${path}: ${type} ${range.join('-')}${may}${tag === undefined ? '' : ` tag ${tag}`} = ${JSON.stringify(absent)}`;
};

const ours = (shape: Shape, within: Range, path = ''): string[] =>
  Object.entries(shape).flatMap(([name, { type, presence, absent }]) => {
    const range = intersection([presence.since, presence.until], within);
    const inner = type.shape ?? (type.item as Type<unknown> | undefined)?.shape;
    const nullable: Range = [presence.nullable, Infinity];
    const value = type.shape && absent() !== null ? 'struct' : absent();
    return [
      line({ path: path + name, type: type.kind, range, nullable, tag: presence.tag, absent: plain(value) }),
      ...(inner ? ours(inner, range, `${path}${name}.`) : []),
    ];
  });

const theirs = (fields: readonly ApacheField[], within: Range, path = ''): string[] =>
  fields.flatMap((field) => {
    const range = intersection(rangeOf(field.versions), within);
    if (range[0] > range[1]) return [];
    const name = path + field.name[0]!.toLowerCase() + field.name.slice(1);
    const [, list, base] = /^(\[\])?(.*)$/.exec(field.type)!;
    const type = (list ?? '') + (field.fields ? 'struct' : base);
    const nullable = rangeOf(field.nullableVersions);
    const tagged = field.tag === undefined ? [] : intersection(rangeOf(field.taggedVersions), within);
    if (field.tag !== undefined && tagged.join() !== range.join())
      throw new Error(`${name} is not always tagged`);
    return [
      line({ path: name, type, range, nullable, tag: field.tag, absent: defaultOf(type, field.default) }),
      ...(field.fields ? theirs(field.fields, range, `${name}.`) : []),
    ];
  });

const zeros: Record<string, unknown> = {
  string: '',
  bool: false,
  bytes: '',
  records: '',
  uuid: '0'.repeat(32),
  struct: 'struct',
};

const defaultOf = (type: string, declared: ApacheField['default']): unknown => {
  if (declared === 'null') return null;
  if (declared === undefined || declared === '') return type.startsWith('[]') ? [] : (zeros[type] ?? 0);
  if (type === 'bool') return String(declared) === 'true';
  // 64-bit numbers beyond 2^53 mean "no limit"; ours is the largest exact number.
  return type === 'string' ? declared : Math.min(Number(declared), Number.MAX_SAFE_INTEGER);
};

const plain = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString() : value);

describe('the tables match the message definitions of Apache Kafka', () => {
  const messages = apacheMessages();

  it.each(registry.map(({ api }) => [api.name, api] as const))('%s', (name, api) => {
    for (const direction of ['request', 'response'] as const) {
      const apache = messages.find(({ apiKey, type }) => apiKey === api.key && type === direction)!;
      const [first, last] = rangeOf(apache.validVersions);
      expect(apache.name.toLowerCase()).toBe(`${name}${direction}`.toLowerCase());
      expect(api.versions[0]).toBeGreaterThanOrEqual(first);
      expect(api.versions[1]).toBeLessThanOrEqual(last);
      expect(api.flexible).toBe(rangeOf(apache.flexibleVersions)[0]);
      expect(ours(api[direction].shape, api.versions)).toEqual(theirs(apache.fields, api.versions));
    }
  });
});
