import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileRegistry, fromBinary, fromJson, ScalarType, toBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { DescField, DescMessage, JsonValue } from '@bufbuild/protobuf';
import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from '../../shop-copy.fixture.js';
import { generateStubs } from './generate-stubs.js';
import { contractOfAllKinds } from './kinds.fixture.js';

/** The number of random messages; set FUZZ_RUNS for more. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 300);

interface Stub {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
  toJSON(message: unknown): unknown;
  fromJSON(json: unknown): unknown;
  fromPartial(message: unknown): unknown;
}

const shop = new ShopCopy();
let stub: Stub;
let kinds: DescMessage;

beforeAll(async () => {
  shop.write('proto/kinds.proto', contractOfAllKinds());
  shop.edit('msx.yaml', (model) =>
    model.replace(/proto: \[?user\.proto\]?/, 'proto: [user.proto, kinds.proto]'),
  );
  await generateStubs(
    shop.system,
    shop.system.services.filter(({ name }) => name === 'user-service'),
  );
  const folder = join(shop.root, 'services/user-service/src/gen');
  ({ Kinds: stub } = (await import(join(folder, 'kinds.ts'))) as { Kinds: Stub });
  const set = fromBinary(FileDescriptorSetSchema, readFileSync(join(folder, 'descriptor.binpb')));
  kinds = createFileRegistry(set).getMessage('shop.kinds.v1.Kinds')!;
});
afterAll(() => shop.remove());

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '0'),
);
const safe = fc.maxSafeInteger().map(String);
const natural = fc.maxSafeNat().map(String);
/** JSON.stringify writes minus zero as 0: bytes alone keep it. */
const unsigned = (value: number) => value || 0;
const numbers: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(unsigned),
  fc.constantFrom('NaN', 'Infinity', '-Infinity'),
);
const float = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(unsigned),
  fc.constantFrom('NaN', '-Infinity'),
);

/** The proto3 JSON of each scalar; int64 only within the safe integers, the range that stubs support. */
const scalars: Record<ScalarType, fc.Arbitrary<JsonValue>> = {
  [ScalarType.DOUBLE]: numbers,
  [ScalarType.FLOAT]: float,
  [ScalarType.INT32]: fc.integer(),
  [ScalarType.SINT32]: fc.integer(),
  [ScalarType.SFIXED32]: fc.integer(),
  [ScalarType.UINT32]: fc.nat(),
  [ScalarType.FIXED32]: fc.nat(),
  [ScalarType.INT64]: safe,
  [ScalarType.SINT64]: safe,
  [ScalarType.SFIXED64]: safe,
  [ScalarType.UINT64]: natural,
  [ScalarType.FIXED64]: natural,
  [ScalarType.BOOL]: fc.boolean(),
  [ScalarType.STRING]: text,
  [ScalarType.BYTES]: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
};

/** Timestamps with the millisecond precision of stubs. */
const moment = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const duration = fc
  .tuple(fc.integer({ min: -315576000000, max: 315576000000 }), fc.nat(999_999_999))
  .map(([seconds, nanos]) => `${seconds}.${String(nanos).padStart(9, '0')}s`);
const structure = fc.dictionary(text, fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<JsonValue>;
const google: Record<string, fc.Arbitrary<JsonValue>> = {
  Timestamp: moment,
  Duration: duration,
  FieldMask: fc.array(fc.stringMatching(/^[a-z]{1,5}$/)).map((paths) => paths.join()),
  Struct: structure,
  Value: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  ListValue: fc.array(fc.jsonValue({ maxDepth: 2 })) as fc.Arbitrary<JsonValue>,
  Empty: fc.constant({}),
};

function valueOf(
  { scalar, message, enum: values }: Pick<DescField, 'scalar' | 'message' | 'enum'>,
  depth: number,
) {
  if (scalar !== undefined) return scalars[scalar];
  if (values) return fc.constantFrom(...values.values.map(({ name }) => name));
  const [, known = ''] = /^google\.protobuf\.(\w+)$/.exec(message!.typeName) ?? [];
  if (known in google) return google[known]!;
  return known ? scalars[message!.fields[0]!.scalar!] : messageOf(message!, depth);
}

function fieldOf(field: DescField, depth: number): fc.Arbitrary<JsonValue> {
  const value = valueOf(field as never, depth) as fc.Arbitrary<JsonValue>;
  if (field.fieldKind === 'list') {
    const element = valueOf(
      { scalar: field.scalar, message: field.message, enum: field.enum } as never,
      depth,
    );
    return fc.array(element as fc.Arbitrary<JsonValue>, { maxLength: 3 });
  }
  if (field.fieldKind !== 'map') return value;
  const keys = scalars[field.mapKey].map(String);
  return fc
    .array(fc.tuple(keys, value), { maxLength: 3 })
    .map((entries) => Object.fromEntries(entries) as JsonValue);
}

/** A random subset of the fields of a message, with at most one of each oneof. */
function messageOf(message: DescMessage, depth = 2): fc.Arbitrary<JsonValue> {
  if (depth === 0) return fc.constant({});
  return fc
    .subarray([...message.fields], { maxLength: Math.min(12, message.fields.length) })
    .chain((fields) => {
      const alone = fields.filter(
        ({ oneof }, n) => !oneof || fields.findIndex((other) => other.oneof === oneof) === n,
      );
      const entries = alone.map((field) =>
        fieldOf(field, depth - 1).map((value) => [field.jsonName, value] as const),
      );
      return fc.tuple(...entries).map((pairs) => Object.fromEntries(pairs) as JsonValue);
    });
}

/** Messages are compared by their JSON; maps have no order. */
const shown = (bytes: Uint8Array) => ordered(toJson(kinds, fromBinary(kinds, bytes)));
const ordered = (value: unknown): unknown =>
  JSON.stringify(value, (_, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))
      : each,
  );
const wire = (json: unknown): JsonValue => JSON.parse(JSON.stringify(json)) as JsonValue;

describe('stubs, compared with another proto3 implementation', () => {
  it('have a field of every kind', () => {
    expect(new Set(kinds.fields.map(({ fieldKind }) => fieldKind))).toEqual(
      new Set(['scalar', 'enum', 'message', 'list', 'map']),
    );
    expect(kinds.fields.length).toBeGreaterThan(100);
  });

  it('compile', () => {
    const compiler = join(shop.root, 'node_modules/typescript-7/bin/tsc');
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    const args = [compiler, ...options, '--types', 'node', 'services/user-service/src/gen/kinds.ts'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: shop.root, encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('read and write the same bytes and the same JSON', () => {
    fc.assert(
      fc.property(messageOf(kinds), (json) => {
        const message = fromJson(kinds, json);
        const expected = shown(toBinary(kinds, message));
        const read = stub.decode(toBinary(kinds, message));
        expect(shown(stub.encode(read).finish())).toBe(expected);
        expect(shown(stub.encode(stub.fromPartial(read)).finish())).toBe(expected);
        expect(ordered(toJson(kinds, fromJson(kinds, wire(stub.toJSON(read)))))).toBe(expected);
        expect(shown(stub.encode(stub.fromJSON(wire(toJson(kinds, message)))).finish())).toBe(expected);
        expect(shown(stub.encode(stub.fromJSON(wire(stub.toJSON(read)))).finish())).toBe(expected);
      }),
      { numRuns },
    );
  });

  it('keep the sign of zero', () => {
    const numeric = kinds.fields.filter(
      ({ oneof, scalar, fieldKind }) =>
        fieldKind === 'scalar' && !oneof && [ScalarType.DOUBLE, ScalarType.FLOAT].includes(scalar),
    );
    const negative = Object.fromEntries(numeric.map(({ jsonName }) => [jsonName, -0]));
    const bytes = toBinary(kinds, fromJson(kinds, negative));
    const written = stub.encode(stub.decode(bytes)).finish();
    expect([...written]).toEqual([...bytes]);
    expect(numeric.length).toBeGreaterThan(1);
  });
});
