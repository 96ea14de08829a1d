import { once } from 'node:events';
import { connect as connectTo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fetch } from '../apis/01-fetch.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { createTopic, send } from '../apis/records.fixture.js';
import { registry } from '../apis/registry.js';
import { brokers } from '../test-broker.fixture.js';
import { wireOf, type Api } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { requestFrame } from './wire-client.fixture.js';

const { start, connect } = brokers();

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly details: Record<string, unknown> | undefined;
}

const startLogged = async () => {
  const lines: Line[] = [];
  const broker = await start({ log: (level, msg, details) => lines.push({ level, msg, details }) });
  return { broker, lines };
};

const frameOf = (...parts: Buffer[]): Buffer => {
  const bytes = Buffer.concat(parts);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const headerOf = (api: Api, version: number): Buffer => {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
  header.writeInt16BE(api.key, 0);
  header.writeInt16BE(version, 2);
  return wireOf(api, version).flexible ? Buffer.concat([header, Buffer.from([0])]) : header;
};

describe('clients that send anything', () => {
  it('do not disturb others, and do not cause internal errors', async () => {
    const { broker, lines } = await startLogged();
    const good = await connect(broker);
    const request = fc.record({
      served: fc.constantFrom(...registry),
      version: fc.nat(20),
      bytes: fc
        .array(fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 0xff)), { maxLength: 100 })
        .map((list) => Buffer.from(list)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 5 }), async (requests) => {
        const socket = connectTo(broker.port, '127.0.0.1');
        socket.on('error', () => {});
        await once(socket, 'connect');
        for (const { served, version, bytes } of requests) {
          const [first, last] = served.api.versions;
          const known = first + (version % (last - first + 1));
          socket.write(frameOf(headerOf(served.api, known), bytes));
        }
        await good.call(apiVersions, 2, {});
        socket.destroy();
      }),
      { numRuns: 200 },
    );
    expect((await good.call(apiVersions, 2, {})).errorCode).toBe(ErrorCode.NONE);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('clients that announce more than they send', () => {
  it('take a bounded amount of memory, and do not delay others', async () => {
    const { broker } = await startLogged();
    const good = await connect(broker);
    await good.call(apiVersions, 2, {});
    const before = process.memoryUsage().arrayBuffers;
    const megabyte = Buffer.alloc(1 << 20);
    const bad = await Promise.all(Array.from({ length: 20 }, () => connect(broker)));
    for (const { socket } of bad) {
      socket.write(Buffer.from([0x05, 0xf0, 0, 0]));
      for (let i = 0; i < 40; i++) socket.write(megabyte);
    }
    let most = 0;
    for (let i = 0; i < 300; i++) {
      await good.call(apiVersions, 2, {});
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(most).toBeLessThan(300 << 20);
    for (const { socket } of bad) socket.destroy();
    expect((await good.call(apiVersions, 2, {})).errorCode).toBe(ErrorCode.NONE);
  });
});

describe('clients that do not read', () => {
  it('take a bounded amount of memory, and do not delay others', async () => {
    const { broker } = await startLogged();
    const good = await connect(broker);
    await createTopic(good, 'a');
    for (let i = 0; i < 16; i++) await send(good, 'a', { values: ['x'.repeat(900_000)] });
    const topics = [{ topic: 'a', partitions: [{ partitionMaxBytes: 1 << 30 }] }];
    const request = requestFrame(fetch as unknown as Api, 11, { minBytes: 1, maxBytes: 1 << 30, topics });
    const before = process.memoryUsage().arrayBuffers;
    const bad = await Promise.all(Array.from({ length: 60 }, () => connect(broker)));
    for (const { socket } of bad) {
      socket.pause();
      socket.write(request);
    }
    let most = 0;
    for (let i = 0; i < 300; i++) {
      await good.call(apiVersions, 2, {});
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    // The limit, and one batch for each.
    expect(most).toBeLessThan((64 << 20) + 60 * 1_000_000 + (32 << 20));
    const answer = await good.call(fetch, 11, { minBytes: 1, maxBytes: 1 << 30, topics });
    expect(answer.responses[0]!.partitions[0]!.records!.length).toBeGreaterThan(900_000);
    for (const { socket } of bad) socket.destroy();
  });
});

describe('requests that are not served', () => {
  it('are logged once for each client, with what is known of it', async () => {
    const { broker, lines } = await startLogged();
    for (let i = 0; i < 3; i++) {
      const client = await connect(broker);
      await client.call(apiVersions, 3, { clientSoftwareName: 'acme', clientSoftwareVersion: '1.2' });
      client.socket.write(frameOf(Buffer.from([0, 76, 0, 0, 0, 0, 0, 1, 0, 1, 0x62])));
      await client.closed;
    }
    expect(lines).toEqual([
      {
        level: 'warn',
        msg: 'request refused',
        details: {
          api: 'SHARE_GROUP_HEARTBEAT',
          version: 0,
          client: '127.0.0.1',
          clientId: 'b',
          software: 'acme 1.2',
          err: 'SHARE_GROUP_HEARTBEAT version 0 is not served',
        },
      },
    ]);
  });
});
