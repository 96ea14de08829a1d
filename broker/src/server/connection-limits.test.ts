import { describe, expect, it } from '@jest/globals';
import { fetch } from '../apis/01-fetch.js';
import { metadata } from '../apis/03-metadata.js';
import { saslHandshake } from '../apis/17-sasl-handshake.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { saslAuthenticate } from '../apis/36-sasl-authenticate.js';
import { createTopic } from '../apis/records.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import type { Api } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { requestFrame } from './wire-client.fixture.js';

const { start, connect } = brokers();

const CONNECTIONS = 2000;

describe('connections', () => {
  it('are closed when they are idle, also in the middle of a request, but not while they wait', async () => {
    const broker = await start({ settings: { 'connections.max.idle.ms': '200' } });
    const [idle, halfOpen, waiting] = [await connect(broker), await connect(broker), await connect(broker)];
    await createTopic(waiting, 'a');
    const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 99 }];
    const poll = waiting.call(fetch, 11, {
      minBytes: 1,
      maxWaitMs: 1000,
      topics: [{ topic: 'a', partitions }],
    });
    halfOpen.socket.write(requestFrame(metadata as unknown as Api, 1, { topics: [] }).subarray(0, 9));
    await Promise.all([idle.closed, halfOpen.closed]);
    expect((await poll).responses[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NONE);
  });

  it('are closed by requests that are larger than the broker accepts', async () => {
    const broker = await start({ settings: { 'socket.request.max.bytes': '2000' } });
    const client = await connect(broker);
    const topics = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `topic-${i}` }));
    expect((await client.call(metadata, 4, { topics: topics(10) })).topics).toHaveLength(10);
    client.socket.write(requestFrame(metadata as unknown as Api, 4, { topics: topics(1000) }));
    await client.closed;
  });

  it('that fail to authenticate are answered as late as the broker is set to', async () => {
    const broker = await start({
      listeners: [{ protocol: 'sasl_plaintext' }],
      settings: { 'connection.failed.authentication.delay.ms': '300' },
    });
    const client = await connect(broker.listeners[1]!);
    await client.call(saslHandshake, 1, { mechanism: 'PLAIN' });
    const before = performance.now();
    const refused = await client.call(saslAuthenticate, 2, { authBytes: Buffer.from('\0app\0wrong') });
    expect(refused.errorCode).toBe(ErrorCode.SASL_AUTHENTICATION_FAILED);
    expect(performance.now() - before).toBeGreaterThanOrEqual(299);
  });

  it('can be thousands, all of which are answered', async () => {
    const broker = await start();
    const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(broker)));
    for (const _ of ['first', 'second']) {
      const answers = await Promise.all(clients.map((client) => client.call(apiVersions, 0, {})));
      expect(answers.filter(({ errorCode }) => errorCode === ErrorCode.NONE)).toHaveLength(CONNECTIONS);
    }
    const [gone, kept] = [clients.slice(0, -1), clients.at(-1)!];
    for (const client of gone) client.close();
    expect((await kept.call(metadata, 1, { topics: [] })).brokers).toHaveLength(1);
  });
});
