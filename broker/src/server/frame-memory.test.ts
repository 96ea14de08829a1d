import { describe, expect, it } from '@jest/globals';
import { FrameMemory } from './frame-memory.js';
import { FrameSplitter } from './frame-splitter.js';

const KILOBYTE = 1 << 10;

const framed = (length: number, byte: number): Buffer[] => {
  const bytes = Buffer.alloc(4 + length, byte);
  bytes.writeInt32BE(length);
  return [bytes.subarray(0, 70 * KILOBYTE), bytes.subarray(70 * KILOBYTE)];
};

describe('the memory of frames', () => {
  it('is used again once a frame was answered, also by smaller frames of other connections', () => {
    const memory = new FrameMemory();
    const [first, second] = [0, 0].map(() => new FrameSplitter({ maxFrame: 1 << 30 }, memory)) as [
      FrameSplitter,
      FrameSplitter,
    ];
    for (const chunk of framed(100 * KILOBYTE, 1)) first.push(chunk);
    const frame = first.next()!;
    first.reuse();
    for (const chunk of framed(80 * KILOBYTE, 2)) second.push(chunk);
    const next = second.next()!;
    expect(next.buffer).toBe(frame.buffer);
    expect(next).toEqual(Buffer.alloc(80 * KILOBYTE, 2));
  });

  it('is not used again for a frame that was not given back', () => {
    const splitter = new FrameSplitter({ maxFrame: 1 << 30 });
    const frames = [1, 2].map((byte) => {
      for (const chunk of framed(100 * KILOBYTE, byte)) splitter.push(chunk);
      return splitter.next()!;
    });
    expect(frames).toEqual([1, 2].map((byte) => Buffer.alloc(100 * KILOBYTE, byte)));
  });

  it('is at most a megabyte', () => {
    const memory = new FrameMemory();
    const taken = Array.from({ length: 40 }, () => memory.take(100 * KILOBYTE));
    for (const each of [...taken, Buffer.alloc(2 * KILOBYTE)]) memory.give(each);
    const again = Array.from({ length: 40 }, () => memory.take(100 * KILOBYTE));
    expect(again.filter((each) => taken.includes(each))).toHaveLength(8);
  });
});
