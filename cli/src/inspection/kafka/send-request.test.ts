import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { kafkajsCodecs } from './kafkajs-codecs.js';
import { serves, skipTaggedFields } from './send-request.js';
import type { KafkaNode } from './kafka-node.js';

describe('a request that kafkajs does not send by itself', () => {
  it('is served by a broker that announces its version', () => {
    const node = { versions: { 7: { minVersion: 1, maxVersion: 3 } } } as unknown as KafkaNode;
    const answers = [0, 1, 3, 4].map((version) => serves(node, { key: 7, name: 'Seven', version }));
    expect(answers).toEqual([false, true, true, false]);
    expect(serves(node, { key: 8, name: 'Eight', version: 0 })).toBe(false);
  });

  it('is read past tagged fields that a newer broker adds', async () => {
    const { Encoder, Decoder } = await kafkajsCodecs();
    const fields = fc.array(fc.tuple(fc.nat(300), fc.string({ maxLength: 200 })), { maxLength: 4 });
    fc.assert(
      fc.property(fields, (all) => {
        const encoder = new Encoder().writeUVarInt(all.length) as InstanceType<typeof Encoder> & {
          buffer: Buffer;
        };
        for (const [tag, text] of all) {
          encoder.writeUVarInt(tag).writeUVarInt(Buffer.byteLength(text));
          for (const byte of Buffer.from(text)) encoder.writeInt8((byte << 24) >> 24);
        }
        encoder.writeInt32(42);
        const decoder = new Decoder(encoder.buffer);
        skipTaggedFields(decoder);
        expect(decoder.readInt32()).toBe(42);
      }),
    );
  });
});
