import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registry } from '../apis/registry.js';
import { wireOf } from './api.js';
import type { Field, Shape, Wire } from './field.js';
import { Malformed } from './malformed.js';
import { Reader } from './reader.js';
import { Struct } from './struct.js';
import { arrayOf, bytes, int32, int64, string, struct } from './types.js';
import { Writer } from './writer.js';

const encode = (message: Struct<Shape>, value: object, wire: Wire): Buffer => {
  const writer = new Writer();
  message.write(writer, value as Record<string, unknown>, wire);
  const encoded = Buffer.concat(writer.chunks());
  expect(writer.length).toBe(encoded.length);
  const inSteps = new Writer();
  for (const _ of message.writeInSteps(inSteps, value as Record<string, unknown>, wire));
  expect(Buffer.concat(inSteps.chunks()).equals(encoded)).toBe(true);
  return encoded;
};

const scalars: Record<string, fc.Arbitrary<unknown>> = {
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  uint16: fc.integer({ min: 0, max: 65_535 }),
  int32: fc.integer(),
  int64: fc.maxSafeInteger(),
  float64: fc.double({ noNaN: true }),
  bool: fc.boolean(),
  string: fc.string({ unit: 'binary', maxLength: 300 }),
  uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((b) => Buffer.from(b).toString('hex')),
  bytes: fc.uint8Array({ maxLength: 6000 }).map((b) => Buffer.from(b)),
  records: fc.uint8Array({ maxLength: 6000 }).map((b) => Buffer.from(b)),
};

/** Values for a version: fields that it lacks have their defaults. */
const valueOf = (field: Field<unknown>, wire: Wire): fc.Arbitrary<unknown> => {
  const { type, presence } = field;
  if (!field.isIn(wire.version)) return fc.constant(field.absent());
  const one = (kind: string, shape?: Shape) => (shape ? messageOf(shape, wire) : scalars[kind]!);
  const value = type.item
    ? fc.array(one(type.item.kind, type.item.shape), { maxLength: 3 })
    : one(type.kind, type.shape);
  return wire.version >= presence.nullable ? fc.option(value, { freq: 4 }) : value;
};

const messageOf = (shape: Shape, wire: Wire): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, valueOf(field, wire)])));

describe('the codec', () => {
  const versions = registry.flatMap(({ api }) =>
    Array.from(
      { length: api.versions[1] - api.versions[0] + 1 },
      (_, i) => [api, api.versions[0] + i] as const,
    ),
  );

  it.each(versions.map(([api, version]) => [`${api.name} ${version}`, api, version] as const))(
    'reads what it writes: %s',
    (_, api, version) => {
      const wire = wireOf(api, version);
      for (const message of [api.request, api.response])
        fc.assert(
          fc.property(messageOf(message.shape, wire), (value) => {
            const reader = new Reader(encode(message, value, wire));
            expect(message.read(reader, wire)).toEqual(value);
            expect(reader.rest).toBe(0);
          }),
          { numRuns: 10 },
        );
    },
  );

  it('never reads beyond a truncated message', () => {
    const { api } = registry.find((served) => served.api.name === 'Fetch')!;
    const wire = wireOf(api, 17);
    const whole = encode(api.request, { topics: [{ partitions: [{ partition: 1 }] }], rackId: 'r' }, wire);
    for (let length = 0; length < whole.length; length++)
      expect(() => api.request.read(new Reader(whole.subarray(0, length)), wire)).toThrow(Malformed);
  });

  it('refuses an impossible length before allocating memory', () => {
    const hostile = Buffer.from([0x7f, 0xff, 0xff, 0xff]);
    const message = new Struct({ list: arrayOf({ a: int32 }) });
    expect(() => message.read(new Reader(hostile), { version: 0, flexible: false })).toThrow(Malformed);
  });

  it('skips unknown tagged fields', () => {
    const old = new Struct({ a: int32 });
    const next = new Struct({ a: int32, b: string.tag(3), c: struct({ d: int32 }).tag(9) });
    const wire = { version: 1, flexible: true };
    const encoded = encode(next as Struct<Shape>, { a: 7, b: 'new', c: { d: 1 } }, wire);
    expect(old.read(new Reader(encoded), wire)).toEqual({ a: 7 });
  });

  it('encodes a null struct', () => {
    const message = new Struct({ cursor: struct({ at: int32 }).nullable() }) as Struct<Shape>;
    const wire = { version: 0, flexible: true };
    expect(encode(message, { cursor: null }, wire)).toEqual(Buffer.from([0xff, 0]));
    expect(encode(message, { cursor: { at: 2 } }, wire)).toEqual(Buffer.from([1, 0, 0, 0, 2, 0, 0]));
  });

  it('refuses null in versions without it', () => {
    const message = new Struct({ name: string.nullable(2) });
    const bare = Buffer.from([0xff, 0xff]);
    expect(() => message.read(new Reader(bare), { version: 1, flexible: false })).toThrow(Malformed);
    expect(message.read(new Reader(bare), { version: 2, flexible: false })).toEqual({ name: null });
  });

  it('sends large byte strings without copying them', () => {
    const large = Buffer.alloc(100_000, 1);
    const writer = new Writer();
    new Struct({ before: int64, large: bytes, after: int32 }).write(
      writer,
      { before: -1, large, after: 5 },
      { version: 0, flexible: false },
    );
    expect(writer.chunks()).toContain(large);
    expect(Buffer.concat(writer.chunks()).subarray(-4)).toEqual(Buffer.from([0, 0, 0, 5]));
  });
});
