import { describe, expect, it } from '@jest/globals';
import { Demultiplexer } from './demultiplexer.js';

const frame = (text: string) => {
  const header = Buffer.alloc(8);
  header.writeUInt8(1, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
};

describe('the frames of a log', () => {
  it('are decoded wherever they were split', () => {
    const bytes = Buffer.concat([frame('one\n'), frame('zwölf\n')]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const frames = new Demultiplexer();
      const parts = [bytes.subarray(0, cut), bytes.subarray(cut)].map((part) => frames.push(part));
      expect(Buffer.concat(parts).toString('utf8')).toBe('one\nzwölf\n');
    }
  });
});
