import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { fetch } from '../apis/01-fetch.js';
import { metadata } from '../apis/03-metadata.js';
import { produce } from '../apis/00-produce.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { batchOf } from '../records/batch.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import type { Api } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { FrameSplitter } from './frame-splitter.js';
import { requestFrame } from './wire-client.fixture.js';

const { start, connect: connectTo } = brokers();

const frameOf = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

describe('splitting a stream into frames', () => {
  it('works for any chunking of the bytes', () => {
    const stream = Buffer.concat(['one', '', 'three'].map((text) => frameOf(Buffer.from(text))));
    for (let size = 1; size <= stream.length; size++) {
      const splitter = new FrameSplitter({ maxFrame: 100 });
      const frames: string[] = [];
      for (let at = 0; at < stream.length; at += size) {
        splitter.push(stream.subarray(at, at + size));
        for (let frame = splitter.next(); frame; frame = splitter.next()) frames.push(frame.toString());
      }
      expect(frames).toEqual(['one', '', 'three']);
    }
  });
});

describe('a connection', () => {
  it('answers pipelined requests in order, including a long poll', async () => {
    const client = await connectTo(await start());
    await client.call(metadata, 12, { topics: [{ name: 'a' }] });
    const poll = {
      maxWaitMs: 100,
      minBytes: 1,
      topics: [{ topic: 'a', partitions: [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 99 }] }],
    };
    const list = [[fetch, 11, poll] as const, [metadata, 1, {}] as const, [apiVersions, 0, {}] as const];
    const frames = list.map(([api, version, body], i) =>
      requestFrame(api as unknown as Api, version, { ...body, correlationId: 41 + i }),
    );
    client.socket.write(Buffer.concat(frames));
    for (const id of [41, 42, 43]) expect((await client.frame()).readInt32BE(0)).toBe(id);
  });

  it.each([
    ['a frame larger than the limit', Buffer.from([0x7f, 0, 0, 0])],
    ['a negative length', Buffer.from([0xff, 0, 0, 0])],
    ['a frame too short for its header', frameOf(Buffer.from([0, 3]))],
    ['a body that ends early', frameOf(Buffer.from([0, 3, 0, 1, 0, 0, 0, 1, 0xff, 0xff, 0, 0]))],
    ['an unknown API', frameOf(Buffer.from([9, 9, 0, 0, 0, 0, 0, 1, 0xff, 0xff]))],
    ['an old version', frameOf(Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff]))],
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: here\r\n\r\n')],
  ])('is closed by %s, and no other is', async (_, bytes) => {
    const broker = await start();
    const [good, bad] = [await connectTo(broker), await connectTo(broker)];
    bad.socket.write(bytes);
    await bad.closed;
    expect((await good.call(apiVersions, 2, {})).errorCode).toBe(ErrorCode.NONE);
  });

  it('can be closed by the client at any time', async () => {
    const broker = await start();
    const client = await connectTo(broker);
    const whole = requestFrame(metadata as unknown as Api, 12, { topics: [{ name: 'a' }] });
    for (let length = 1; length <= whole.length; length += 5) {
      const socket = connect(broker.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(whole.subarray(0, length));
      socket.destroy();
    }
    expect((await client.call(metadata, 12, { topics: [{ name: 'b' }] })).topics[0]!.errorCode).toBe(
      ErrorCode.NONE,
    );
  });

  it('waits for a client that is slow to read', async () => {
    const broker = await start();
    const client = await connectTo(broker);
    await client.call(metadata, 12, { topics: [{ name: 'a' }] });
    const { bytes } = batchOf({ values: ['x'.repeat(900_000)] });
    await client.call(produce, 7, {
      acks: 1,
      topicData: [{ name: 'a', partitionData: [{ index: 0, records: bytes }] }],
    });
    client.socket.pause();
    const partition = { partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 };
    const request = { minBytes: 1, maxWaitMs: 1, topics: [{ topic: 'a', partitions: [partition] }] };
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 100; i++)
      client.socket.write(requestFrame(fetch as unknown as Api, 11, { ...request, correlationId: i }));
    const other = await connectTo(broker);
    for (let i = 0; i < 20; i++) await other.call(metadata, 12, { topics: [] });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 << 20);
    client.socket.resume();
    for (let i = 0; i < 100; i++) expect((await client.frame()).readInt32BE(0)).toBe(i);
  });
});
