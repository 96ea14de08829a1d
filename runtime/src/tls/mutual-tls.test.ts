import { readFileSync } from 'node:fs';
import { Client, credentials, status } from '@grpc/grpc-js';
import type { ChannelCredentials, ServiceError } from '@grpc/grpc-js';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../events/kafka/broker.fixture.js';
import { greeterOptions, GreeterService } from '../grpc/server/greeter.fixture.js';
import { Upstream } from '../grpc/client/upstream.js';
import { bootGrpcService } from '../service/grpc-service.js';
import type { RunningService } from '../service/service-options.js';
import { CertificateFiles } from './certificate-files.js';
import { TestAuthority, TestTlsFiles } from './test-authority.fixture.js';

const ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HEALTH_PORT: '0', AUTH: 'optional' };
const NAME = 'greeter-service';

describe('mutual TLS', () => {
  let ours: TestAuthority;
  let theirs: TestAuthority;
  const closing: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    ours = await TestAuthority.create();
    theirs = await TestAuthority.create();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function filesOf(
    name: string,
    { issuer = ours, trusted = ours, days = 1 } = {},
  ): Promise<TestTlsFiles> {
    const files = new TestTlsFiles(await issuer.issue(name, days), trusted.pem);
    closing.push(() => files.remove());
    return files;
  }

  async function boot(files: TestTlsFiles, env = {}): Promise<RunningService> {
    const service = await bootGrpcService(greeterOptions(), { ...ENV, PORT: '0', ...files.paths, ...env });
    closing.push(() => service.stop());
    return service;
  }

  function upstreamOf(port: number, files: TestTlsFiles, host = '127.0.0.1'): Upstream<GreeterService> {
    const tls = new CertificateFiles(files.paths);
    const upstream = new Upstream(GreeterService, 'test.v1.Greeter', `${host}:${port}`, { name: NAME, tls });
    closing.push(() => upstream.close());
    return upstream;
  }

  /** Uses a plain gRPC client, so that only the server can refuse it. */
  function greetAs(port: number, channel: ChannelCredentials): Promise<unknown> {
    const client = new Client(`127.0.0.1:${port}`, channel, { 'grpc.ssl_target_name_override': NAME });
    closing.push(() => client.close());
    const { path, requestSerialize, responseDeserialize } = GreeterService.greet;
    const deadline = { deadline: Date.now() + 10_000 };
    return new Promise((resolve, reject) => {
      const reply = (error: ServiceError | null, answer?: unknown): void =>
        error ? reject(error) : resolve(answer);
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { name: 'Ann' }, deadline, reply);
    });
  }

  const channelWith = ({ paths }: TestTlsFiles, trusted = ours): ChannelCredentials =>
    credentials.createSsl(
      Buffer.from(trusted.pem),
      readFileSync(paths.TLS_KEY),
      readFileSync(paths.TLS_CERT),
    );

  it('accepts clients with a certificate of the authority', async () => {
    const { port, healthPort } = await boot(await filesOf(NAME));
    const answer = await upstreamOf(port, await filesOf('caller')).call('greet', { name: 'Ann' });
    expect(answer.text).toBe('Hello Ann');
    expect(await greetAs(port, channelWith(await filesOf('other')))).toMatchObject({ text: 'Hello Ann' });
    expect((await fetch(`http://127.0.0.1:${healthPort}/health/ready`)).status).toBe(200);
  });

  it.each<[string, () => Promise<ChannelCredentials> | ChannelCredentials]>([
    ['in plaintext', () => credentials.createInsecure()],
    ['without a certificate', () => credentials.createSsl(Buffer.from(ours.pem))],
    ['with one of another authority', async () => channelWith(await filesOf('caller', { issuer: theirs }))],
    ['with one that has expired', async () => channelWith(await filesOf('caller', { days: -1 }))],
  ])('refuses clients %s', async (_, channel) => {
    const { port } = await boot(await filesOf(NAME));
    await expect(greetAs(port, await channel())).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect(await greetAs(port, channelWith(await filesOf('caller')))).toMatchObject({ text: 'Hello Ann' });
  });

  it('accepts calls from the allowed services only', async () => {
    const { port } = await boot(await filesOf(NAME), { CALLERS: 'caller' });
    expect(await greetAs(port, channelWith(await filesOf('caller')))).toMatchObject({ text: 'Hello Ann' });
    expect(await greetAs(port, channelWith(await filesOf(NAME)))).toMatchObject({ text: 'Hello Ann' });
    const denied = {
      code: status.PERMISSION_DENIED,
      details: expect.stringContaining('other is not allowed'),
    };
    await expect(greetAs(port, channelWith(await filesOf('other')))).rejects.toMatchObject(denied);
    const other = upstreamOf(port, await filesOf('other'));
    expect(await other.health(5_000)).toEqual({ status: 1 });
    await expect(other.call('greet', { name: 'Ann' })).rejects.toMatchObject({ kind: 'forbidden' });
    const closed = await boot(await filesOf(NAME), { CALLERS: 'none' });
    await expect(greetAs(closed.port, channelWith(await filesOf('caller')))).rejects.toMatchObject({
      code: status.PERMISSION_DENIED,
    });
  });

  it('refuses a server with another name or another authority', async () => {
    const impostor = await boot(await filesOf('other-service'));
    const caller = await filesOf('caller');
    const away = { reason: 'UNAVAILABLE', kind: 'unavailable' };
    await expect(upstreamOf(impostor.port, caller).call('greet', { name: 'Ann' })).rejects.toMatchObject(
      away,
    );
    const unknown = await boot(await filesOf(NAME, { issuer: theirs }));
    await expect(upstreamOf(unknown.port, caller).call('greet', { name: 'Ann' })).rejects.toMatchObject(away);
    const byHost = await boot(await filesOf('localhost'));
    expect((await upstreamOf(byHost.port, caller, 'localhost').call('greet', { name: 'Ann' })).text).toBe(
      'Hello Ann',
    );
  });

  it('reloads replaced files on both sides while calls continue', async () => {
    const [server, caller] = [await filesOf(NAME), await filesOf('caller')];
    const { port } = await boot(server);
    const former = upstreamOf(port, caller);
    const greet = async (upstream: Upstream<GreeterService>) =>
      (await upstream.call('greet', { name: 'Ann' })).text;
    expect(await greet(former)).toBe('Hello Ann');

    server.replace({ TLS_KEY: 'half of a k' });
    const [next, callers] = [await theirs.issue(NAME), await theirs.issue('caller')];
    server.replace({ TLS_CERT: next.cert, TLS_KEY: next.key, TLS_CA: theirs.pem });
    caller.replace({ TLS_CERT: callers.cert, TLS_KEY: callers.key, TLS_CA: theirs.pem });

    const fresh = (): Promise<boolean> =>
      greet(upstreamOf(port, caller)).then(
        () => true,
        () => false,
      );
    await eventually('the new authority is trusted', fresh);
    const outdated = channelWith(await filesOf('caller'), theirs);
    await expect(greetAs(port, outdated)).rejects.toMatchObject({ code: status.UNAVAILABLE });
    expect(await greet(former)).toBe('Hello Ann');
  });
});
