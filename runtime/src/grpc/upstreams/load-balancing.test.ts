import { promises as dns } from 'node:dns';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../../events/kafka/broker.fixture.js';
import { bootGrpcService } from '../../service/grpc-service.js';
import type { RunningService } from '../../service/service-options.js';
import { TestKeys } from '../../testing/test-keys.js';
import { greeterOptions, GreeterService, GreeterStub } from '../server/greeter.fixture.js';
import { Relay } from './relay.fixture.js';
import { Upstream } from '../client/upstream.js';
import type { CallOptions } from '../client/upstream.js';

const ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HEALTH_PORT: '0', AUTH: 'optional', PORT: '0' };

describe('calls to a service of several processes', () => {
  const closing: (() => Promise<unknown> | void)[] = [];

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function boot(name: string, env = {}): Promise<RunningService> {
    const stub = new GreeterStub();
    stub.greet = () => name;
    const service = await bootGrpcService(greeterOptions(stub), { ...ENV, ...env });
    closing.push(() => service.stop());
    return service;
  }

  async function relayTo({ port }: RunningService): Promise<{ relay: Relay; port: number }> {
    const relay = new Relay(port);
    closing.push(() => relay.cut());
    return { relay, port: await relay.listen() };
  }

  /** Resolves every name to these addresses, after some milliseconds. */
  function mockDns(addresses: readonly string[], after = 0): void {
    const records = () => addresses.map((address) => ({ address, family: 4 }));
    const resolve = () => delay(after).then(records);
    jest.spyOn(dns, 'lookup').mockImplementation(resolve as unknown as typeof dns.lookup);
  }

  function greeterAt(address: string): (options?: CallOptions) => Promise<string> {
    const upstream = new Upstream(GreeterService, 'test.v1.Greeter', address);
    closing.push(() => upstream.close());
    return async (options) => (await upstream.call('greet', { name: 'Ann' }, options)).text;
  }

  /**
   * Calls repeatedly until the condition holds, and returns the servers that answered. A failed call fails the test.
   */
  async function callUntil(greet: () => Promise<string>, condition: () => boolean): Promise<Set<string>> {
    const answers = new Set<string>();
    await eventually('the condition holds', async () => {
      for (const answer of await Promise.all(Array.from({ length: 20 }, greet))) answers.add(answer);
      return condition();
    });
    return answers;
  }

  it('are balanced over all its addresses', async () => {
    const [first, second] = [await boot('first'), await boot('second')];
    const greet = greeterAt(`localhost:${first.port}, 127.0.0.1:${second.port}`);
    const answers = new Set<string>();
    await eventually('both answer', async () => answers.add(await greet()).size === 2);
    expect([await greet(), await greet()].sort()).toEqual(['first', 'second']);
  });

  it('ignore an address that does not exist', async () => {
    const { port } = await boot('only');
    const greet = greeterAt(`no-such-host.invalid:1,127.0.0.1:1,127.0.0.1:${port}`);
    expect(await greet({ idempotent: true })).toBe('only');
    const nowhere = greeterAt('no-such-host.invalid:1,nor-this.invalid:1')();
    await expect(nowhere).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('do not fail when one of its processes stops', async () => {
    const [first, second] = [await boot('first'), await boot('second')];
    const greet = greeterAt(`127.0.0.1:${first.port},127.0.0.1:${second.port}`);
    let stopped = false;
    await callUntil(greet, () => true);
    void second.stop().then(() => (stopped = true));
    await callUntil(greet, () => stopped);
    expect(await callUntil(greet, () => true)).toEqual(new Set(['first']));
  });

  it('do not fail when the only known process stops, and another one takes over its name', async () => {
    const production = {
      NODE_ENV: 'production',
      AUTH: 'required',
      ALLOW_PLAINTEXT: 'true',
      ...new TestKeys().variables,
    };
    const first = await boot('first', { HOST: '127.0.0.1', ...production });
    const addresses = ['127.0.0.1'];
    mockDns(addresses, 200);
    const upstream = new Upstream(GreeterService, 'test.v1.Greeter', `greeter.test:${first.port}`);
    closing.push(() => upstream.close());
    const welcome = async () => (await upstream.call('welcome', { name: 'Ann' })).text;
    await callUntil(welcome, () => true);
    await boot('second', { HOST: '127.0.0.2', PORT: String(first.port) });
    addresses.splice(0, 1, '127.0.0.2');
    let stopped = false;
    void first.stop().then(() => (stopped = true));
    await callUntil(welcome, () => stopped);
    await callUntil(welcome, () => true);
  });

  it('do not fail when one of its machines is lost, if they are idempotent', async () => {
    const [first, second] = [await boot('first'), await relayTo(await boot('second'))];
    const greet = greeterAt(`127.0.0.1:${first.port},127.0.0.1:${second.port}`);
    const idempotently = () => greet({ idempotent: true });
    const before = new Set<string>();
    await eventually('both answer', async () => before.add(await idempotently()).size === 2);
    const inFlight = Array.from({ length: 20 }, idempotently);
    second.relay.cut();
    await Promise.all(inFlight);
    expect(await callUntil(idempotently, () => true)).toEqual(new Set(['first']));
  });

  it('do not fail when the server asks to reconnect', async () => {
    const { relay, port } = await relayTo(await boot('aged', { GRPC_MAX_CONNECTION_AGE: '1' }));
    await callUntil(greeterAt(`127.0.0.1:${port}`), () => relay.connections >= 3);
  });

  it('reach processes that were added to the name', async () => {
    const first = await boot('first', { GRPC_MAX_CONNECTION_AGE: '1' });
    const addresses = ['127.0.0.1'];
    mockDns(addresses);
    const greet = greeterAt(`greeter.test:${first.port}`);
    expect(await greet()).toBe('first');
    await boot('second', { HOST: '127.0.0.2', PORT: String(first.port) });
    addresses.push('127.0.0.2');
    const answers = new Set<string>();
    await eventually('both answer', async () => answers.add(await greet()).size === 2);
  });
});
