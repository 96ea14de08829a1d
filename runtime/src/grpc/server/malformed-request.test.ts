import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from '@jest/globals';
import { fieldThatFails } from './field-that-fails.js';
import { field, int64, Order } from './generated-code.fixture.js';
import { decodeStrictly, MalformedRequest } from './malformed-request.js';

const decode = decodeStrictly((bytes: Buffer) => Order.decode(bytes));

/** The fields that a refusal names, or its reason. */
function problemsOf(bytes: Buffer): unknown {
  const request = decode(bytes);
  if (!(request instanceof MalformedRequest)) return request;
  expect(request.kind).toBe('invalid');
  return JSON.parse(request.metadata.fields ?? JSON.stringify(request.message));
}

const RANGE = 'must be a whole number from -9007199254740991 to 9007199254740991';
const priced = (units: bigint): Buffer => field(2, field(1, int64(1, units)));

describe('a strict decoder', () => {
  it('decodes what the generated code does', () => {
    const bytes = Buffer.concat([field(1, Buffer.from('ä1')), priced(2n ** 53n - 1n), int64(99, 7n)]);
    expect(decode(bytes)).toEqual(Order.decode(bytes));
    expect(decode(bytes)).toMatchObject({ id: 'ä1', items: [{ price: { minorUnits: 2 ** 53 - 1 } }] });
    expect(decode(Buffer.alloc(0))).toEqual(Order.decode(Buffer.alloc(0)));
  });

  it.each([
    ['too large', 2n ** 53n, 'items[2].price.minorUnits'],
    ['too small', -(2n ** 63n), 'items[2].price.minorUnits'],
  ])('names the field of an integer that is %s', (_, value, name) => {
    const bytes = Buffer.concat([priced(1n), field(1, Buffer.from('o')), priced(2n), priced(value)]);
    expect(problemsOf(bytes)).toEqual([{ field: name, message: RANGE }]);
  });

  it('names packed integers and times as a whole', () => {
    const packed = Buffer.from(
      new BinaryWriter()
        .int64(1n)
        .int64(2n ** 60n)
        .finish(),
    );
    expect(problemsOf(field(3, packed))).toEqual([{ field: 'counts', message: RANGE }]);
    expect(problemsOf(field(4, int64(1, 2n ** 60n)))).toEqual([{ field: 'placedAt', message: RANGE }]);
  });

  it('names a text that is not UTF-8', () => {
    const message = 'must be valid UTF-8';
    expect(problemsOf(field(1, Buffer.from([0xc3, 0x28])))).toEqual([{ field: 'id', message }]);
    const currency = field(2, field(1, field(2, Buffer.from([0xff]))));
    expect(problemsOf(currency)).toEqual([{ field: 'items[0].price.currencyCode', message }]);
  });

  it('refuses a message that is cut off, or goes on after its end', () => {
    const whole = Buffer.concat([field(1, Buffer.from('order')), priced(1n)]);
    expect(problemsOf(whole.subarray(0, -1))).toBe(
      'The request, or one of its fields, cannot be decoded: premature EOF',
    );
    expect(problemsOf(Buffer.concat([whole, Buffer.from([0, 1])]))).toMatch(/fields, cannot be decoded/);
    const cut = [{ field: 'items[0].price', message: 'cannot be decoded: premature EOF' }];
    expect(problemsOf(field(2, field(1, Buffer.from([18, 9, 65]))))).toEqual(cut);
  });

  it('refuses every message of random bytes that generated code cannot decode', () => {
    for (let seed = 1; seed <= 2000; seed++) {
      const bytes = noise(seed);
      if (throws(() => Order.decode(bytes))) expect(decode(bytes)).toBeInstanceOf(MalformedRequest);
    }
  });

  it('leaves decoders that use no reader as they are', () => {
    const json = decodeStrictly((bytes: Buffer) => JSON.parse(bytes.toString()) as unknown);
    expect(json(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
    expect(json(Buffer.from('{'))).toMatchObject({ reason: 'MALFORMED_REQUEST', kind: 'invalid' });
  });

  it('does not search a message of very many fields to the end', () => {
    const id = field(1, Buffer.from('x'));
    const bytes = Buffer.concat([...Array<Buffer>(100_000).fill(id), priced(2n ** 60n)]);
    let decoded = 0;
    const counting = (part: Buffer): Order => {
      decoded++;
      return Order.decode(part);
    };
    expect(fieldThatFails(counting, bytes)).toBeUndefined();
    expect(decoded).toBeLessThan(20_000);
    expect(problemsOf(bytes)).toBe(`The request, or one of its fields, ${RANGE}`);
  });
});

/** Up to 16 bytes, the same for each seed, most of which are tags of the message. */
function noise(seed: number): Buffer {
  let state = seed;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647);
  return Buffer.from(
    Array.from({ length: next() % 16 }, () =>
      next() % 2 ? [10, 18, 26, 34, 2, 8][next() % 6]! : next() % 256,
    ),
  );
}

function throws(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}
