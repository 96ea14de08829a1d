import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registry } from '../apis/registry.js';
import { wireOf, type Api } from './api.js';
import type { Wire } from './field.js';
import { Malformed } from './malformed.js';
import { Reader } from './reader.js';
import { Struct } from './struct.js';
import { arrayOf, int8, string } from './types.js';
import { Writer } from './writer.js';

const FLEXIBLE: Wire = { version: 0, flexible: true };

/** Decodes bytes of a stranger: a message, or Malformed; nothing else. */
const decode = (api: Api, version: number, bytes: Buffer): void => {
  try {
    api.request.read(new Reader(bytes), wireOf(api, version));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
};

/** Bytes that are rich in what lengths are made of. */
const hostileBytes = fc
  .array(fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff)), { maxLength: 200 })
  .map((list) => Buffer.from(list));

describe('requests of strangers', () => {
  it.each(registry.map(({ api }) => [api.name, api] as const))('to %s are decoded or malformed', (_, api) => {
    const [first, last] = api.versions;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), hostileBytes, (version, bytes) =>
        decode(api, version, bytes),
      ),
    );
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), fc.nat(), fc.nat(255), (version, place, byte) => {
        const writer = new Writer();
        api.request.write(writer, {}, wireOf(api, version));
        const bytes = Buffer.concat(writer.chunks());
        if (bytes.length > 0) bytes[place % bytes.length] = byte;
        decode(api, version, bytes);
      }),
    );
  });

  it('have a limited number of entries, in lists and in tagged fields', () => {
    const list = new Struct({ names: arrayOf({ name: string }) });
    const many = (count: number): Buffer => {
      const writer = new Writer();
      writer.uvarint(count + 1);
      return Buffer.concat([...writer.chunks(), Buffer.alloc(2 * count + 1, 1)]);
    };
    expect(() => list.read(new Reader(many(600_000)), FLEXIBLE)).toThrow('more than 500000 entries');
    const writer = new Writer();
    writer.uvarint(600_000);
    const tags = Buffer.concat([...writer.chunks(), Buffer.alloc(1_200_000)]);
    expect(() => new Struct({}).read(new Reader(tags), FLEXIBLE)).toThrow('more than 500000 entries');
  });

  it('count the entries inside tagged fields too', () => {
    const message = new Struct({ list: arrayOf({ value: int8.until(-1) }).tag(0) });
    const body = new Writer();
    body.uvarint(300_001);
    const field = Buffer.concat([...body.chunks(), Buffer.alloc(300_000)]);
    const writer = new Writer();
    writer.uvarint(2);
    for (let i = 0; i < 2; i++) {
      writer.uvarint(0);
      writer.uvarint(field.length);
      writer.raw(field);
    }
    expect(() => message.read(new Reader(Buffer.concat(writer.chunks())), FLEXIBLE)).toThrow(Malformed);
  });
});
