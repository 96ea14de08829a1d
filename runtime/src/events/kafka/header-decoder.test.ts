import { expect, it } from '@jest/globals';
import { importDecoder, patchHeaders } from './header-decoder.js';
import type { Decoder } from './header-decoder.js';

const text = (value: string) => Buffer.from(value);
const headers = [
  { key: '__proto__', value: text('a') },
  { key: 'constructor', value: text('b') },
  { key: 'twice', value: text('1') },
  { key: 'twice', value: null },
  { key: 'twice', value: text('3') },
];

it('collects headers by name, whatever their names, and all values of a name that repeats', () => {
  const decoder: Decoder = { readVarIntArray: () => headers };
  patchHeaders(decoder);
  const read = decoder.readVarIntArray(() => headers[0]!) as { reduce(): object };
  expect(Object.entries(read.reduce())).toEqual([
    ['__proto__', text('a')],
    ['constructor', text('b')],
    ['twice', [text('1'), null, text('3')]],
  ]);
});

it('replaces what kafkajs still has; otherwise the patch is no longer needed', async () => {
  const { readVarIntArray } = await importDecoder();
  // @ts-expect-error -- kafkajs has no types for its internals
  const { default: decodeRecord } = await import('kafkajs/src/protocol/recordBatch/record/v0/decoder.js');
  expect([String(readVarIntArray), String(decodeRecord)]).toEqual([
    expect.stringContaining('readVarInt()'),
    expect.stringContaining('readVarIntArray(HeaderDecoder).reduce('),
  ]);
});
