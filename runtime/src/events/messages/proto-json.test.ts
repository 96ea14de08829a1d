import { describe, expect, it } from '@jest/globals';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { parseProtoJson } from './proto-json.js';

interface Item {
  quantity: number;
  minorUnits: number;
}
interface Order {
  userId: string;
  paid: boolean;
  status: number;
  items: Item[];
  at: Date | undefined;
}

const statuses = ['UNSPECIFIED', 'PENDING'];
const statusOf = (json: unknown): number => {
  const found = typeof json === 'number' ? json : statuses.indexOf(String(json));
  if (!(found in statuses)) throw new Error(`Unrecognized enum value ${String(json)}`);
  return found;
};

/** In the shape that ts-proto generates: it converts, and never refuses. */
const codec = {
  fromJSON: (object: Record<string, unknown>): Order => ({
    userId: String(object['userId'] ?? object['user_id'] ?? ''),
    paid: Boolean(object['paid'] ?? false),
    status: statusOf(object['status'] ?? 0),
    items: (Array.isArray(object['items']) ? (object['items'] as Record<string, unknown>[]) : []).map(
      (item) => ({
        quantity: Number(item['quantity'] ?? 0),
        minorUnits: Number(item['minorUnits'] ?? 0),
      }),
    ),
    at: object['at'] === undefined ? undefined : new Date(String(object['at'])),
  }),
  toJSON: (order: Order): unknown => order,
  encode: ({ items }: Order): BinaryWriter => {
    const writer = new BinaryWriter();
    for (const { quantity, minorUnits } of items) writer.int32(quantity).int64(minorUnits);
    return writer;
  },
  decode: (bytes: Uint8Array): Order => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      reader.int32();
      if (!Number.isSafeInteger(Number(reader.int64().toString())))
        throw new Error('Value is larger than Number.MAX_SAFE_INTEGER');
    }
    return { userId: '', paid: false, status: 0, items: [], at: undefined };
  },
};

const parse = (json: string | Buffer): Order => parseProtoJson(codec, Buffer.from(json));

describe('proto3 JSON', () => {
  it.each([
    ['{}', {}],
    ['{"userId":"u","paid":true,"status":"PENDING"}', { userId: 'u', paid: true, status: 1 }],
    ['{"user_id":"u","status":1,"of_a_newer_version":[1]}', { userId: 'u', status: 1 }],
    ['{"userId":null,"items":null}', { userId: '', items: [] }],
    [
      '{"items":[{"quantity":"16","minorUnits":"-9007199254740991"}]}',
      { items: [{ quantity: 16, minorUnits: -9007199254740991 }] },
    ],
    ['{"at":"2026-01-31T10:00:00.5Z"}', { at: new Date('2026-01-31T10:00:00.500Z') }],
  ])('reads %s', (json, expected) => {
    expect(parse(json)).toMatchObject(expected);
  });

  it.each([
    ['[]', 'not a JSON object'],
    ['{"userId":12345}', 'userId is not a string'],
    ['{"user_id":true}', 'userId is not a string'],
    ['{"paid":"yes"}', 'paid is not a boolean'],
    ['{"paid":1}', 'paid is not a boolean'],
    ['{"status":true}', 'Unrecognized enum value true'],
    ['{"items":5}', 'items is not an array'],
    ['{"items":[5]}', 'items[0] is not an object'],
    ['{"items":[{"quantity":true}]}', 'items[0].quantity is not a number'],
    ['{"items":[{"quantity":[3]}]}', 'items[0].quantity is not a number'],
    ['{"items":[{"quantity":"0x10"}]}', 'items[0].quantity is not a number'],
    ['{"items":[{"quantity":""}]}', 'items[0].quantity is not a number'],
    ['{"items":[{"quantity":3000000000}]}', /int ?32/],
    ['{"items":[{"quantity":1.5}]}', /int ?32/],
    ['{"items":[{"minorUnits":"9007199254740993"}]}', 'MAX_SAFE_INTEGER'],
    ['{"items":[{"minorUnits":"NaN"}]}', 'NaN'],
    ['{"items":[{"minorUnits":1e300}]}', /int64|BigInt|out of range/i],
    ['{"items":[{"minorUnits":[]}]}', 'items[0].minorUnits is not a number'],
    ['{"at":5}', 'at is not a date and time (RFC 3339)'],
    ['{"at":"yesterday"}', 'at is not a date and time (RFC 3339)'],
  ])('refuses %s', (json, reason) => {
    expect(() => parse(json)).toThrow(reason);
  });

  it('refuses invalid UTF-8', () => {
    expect(() => parse(Buffer.from('{"userId":"\xff"}', 'latin1'))).toThrow(/encoded data was not valid/);
  });
});
