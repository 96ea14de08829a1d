import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { expect, it } from '@jest/globals';
import { encodeRequest } from './encode-request.js';

interface Request {
  readonly name: string;
  readonly items: readonly { readonly quantity: number; readonly at?: Date }[];
}

/** As generated code does: `quantity` is an int32, `at` the seconds of a timestamp. */
function serialize({ name, items }: Request): Buffer {
  const writer = new BinaryWriter().tag(1, 2).string(name);
  for (const { quantity, at } of items) {
    writer.tag(2, 0).int32(quantity);
    if (at) writer.tag(3, 0).int64(Math.trunc(at.getTime() / 1000));
  }
  return Buffer.from(writer.finish());
}

it('encodes what can be sent', () => {
  const request = { name: 'a', items: [{ quantity: 1, at: new Date(5000) }] };
  expect(encodeRequest(serialize, request)).toEqual(serialize(request));
});

it.each([
  ['items[1].quantity', { name: 'a', items: [{ quantity: 1 }, { quantity: 2 ** 31 }] }],
  ['items[0].quantity', { name: 'a', items: [{ quantity: 1.5 }] }],
  ['items[0].at', { name: 'a', items: [{ quantity: 1, at: new Date(NaN) }] }],
])('names %s, which its field cannot hold', (field, request) => {
  const refused = expect.objectContaining({
    kind: 'invalid',
    reason: 'VALIDATION_FAILED',
    message: expect.stringMatching(/ cannot be sent: /),
    metadata: { fields: expect.stringContaining(`"field":"${field}"`) },
  });
  expect(() => encodeRequest(serialize, request)).toThrow(refused as unknown as Error);
});

it('names none when several fields cannot be sent', () => {
  const request = { name: 'a', items: [{ quantity: 1.5 }, { quantity: 2.5 }] };
  const refused = expect.objectContaining({ reason: 'MALFORMED_REQUEST', kind: 'invalid' });
  expect(() => encodeRequest(serialize, request)).toThrow(refused as unknown as Error);
});
