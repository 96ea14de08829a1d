import { promises as dns } from 'node:dns';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../events/broker.fixture.js';
import { bootGrpcService } from '../service/grpc-service.js';
import type { RunningService } from '../service/service-options.js';
import { TestKeys } from '../testing/test-keys.js';
import { greeterOptions, GreeterService, Manners } from './greeter.fixture.js';
import { Relay } from './relay.fixture.js';
import { Upstream } from './upstream.js';
import type { CallOptions } from './upstream.js';

const ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HEALTH_PORT: '0', AUTH: 'optional', PORT: '0' };

describe('calls to a service of several processes', () => {
  const closing: (() => Promise<unknown> | void)[] = [];

  afterEach(async () => {
    jest.restoreAllMocks();
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function boot(name: string, env = {}): Promise<RunningService> {
    const manners = new Manners();
    manners.greet = () => name;
    const service = await bootGrpcService(greeterOptions(manners), { ...ENV, ...env });
    closing.push(() => service.stop());
    return service;
  }

  async function relayTo({ port }: RunningService): Promise<{ relay: Relay; port: number }> {
    const relay = new Relay(port);
    closing.push(() => relay.cut());
    return { relay, port: await relay.listen() };
  }

  /** Every name has these addresses; whoever asks waits some milliseconds for them. */
  function answerNames(addresses: readonly string[], after = 0): void {
    const known = () => addresses.map((address) => ({ address, family: 4 }));
    const resolve = () => delay(after).then(known);
    jest.spyOn(dns, 'lookup').mockImplementation(resolve as unknown as typeof dns.lookup);
  }

  function greeterAt(address: string): (options?: CallOptions) => Promise<string> {
    const upstream = new Upstream(GreeterService, 'test.v1.Greeter', address);
    closing.push(() => upstream.close());
    return async (options) => (await upstream.call('greet', { name: 'Ann' }, options)).text;
  }

  /** Calls all the time until the condition holds; answers who answered. Any call that fails fails the test. */
  async function callUntil(greet: () => Promise<string>, condition: () => boolean): Promise<Set<string>> {
    const answers = new Set<string>();
    await eventually('all that is waited for', async () => {
      for (const answer of await Promise.all(Array.from({ length: 20 }, greet))) answers.add(answer);
      return condition();
    });
    return answers;
  }

  it('go round all of its addresses', async () => {
    const [first, second] = [await boot('first'), await boot('second')];
    const greet = greeterAt(`localhost:${first.port}, 127.0.0.1:${second.port}`);
    const answers = new Set<string>();
    await eventually('both answer', async () => answers.add(await greet()).size === 2);
    expect([await greet(), await greet()].sort()).toEqual(['first', 'second']);
  });

  it('do not care for an address that does not exist', async () => {
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

  it('do not fail when the only process that they know stops, and another one goes by its name', async () => {
    const production = {
      NODE_ENV: 'production',
      AUTH: 'required',
      ALLOW_PLAINTEXT: 'true',
      ...new TestKeys().variables,
    };
    const first = await boot('first', { HOST: '127.0.0.1', ...production });
    const addresses = ['127.0.0.1'];
    answerNames(addresses, 200);
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

  it('do not fail when one of its machines is lost, if calling twice does no harm', async () => {
    const [first, second] = [await boot('first'), await relayTo(await boot('second'))];
    const greet = greeterAt(`127.0.0.1:${first.port},127.0.0.1:${second.port}`);
    const patiently = () => greet({ idempotent: true });
    const before = new Set<string>();
    await eventually('both answer', async () => before.add(await patiently()).size === 2);
    const inHand = Array.from({ length: 20 }, patiently);
    second.relay.cut();
    await Promise.all(inHand);
    expect(await callUntil(patiently, () => true)).toEqual(new Set(['first']));
  });

  it('do not fail when the server asks to connect anew', async () => {
    const { relay, port } = await relayTo(await boot('aged', { GRPC_MAX_CONNECTION_AGE: '1' }));
    await callUntil(greeterAt(`127.0.0.1:${port}`), () => relay.connections >= 3);
  });

  it('find processes that were added to the name', async () => {
    const first = await boot('first', { GRPC_MAX_CONNECTION_AGE: '1' });
    const addresses = ['127.0.0.1'];
    answerNames(addresses);
    const greet = greeterAt(`greeter.test:${first.port}`);
    expect(await greet()).toBe('first');
    await boot('second', { HOST: '127.0.0.2', PORT: String(first.port) });
    addresses.push('127.0.0.2');
    const answers = new Set<string>();
    await eventually('both answer', async () => answers.add(await greet()).size === 2);
  });
});
