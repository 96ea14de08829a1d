import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from '../database/database-outage.js';
import { fromGrpcError } from '../errors/grpc-error.js';
import { eventually } from '../events/kafka/broker.fixture.js';
import { greeterOptions, GreeterService, GreeterStub } from '../grpc/server/greeter.fixture.js';
import { HealthService } from '../grpc/wire/health-protocol.js';
import { Upstream } from '../grpc/client/upstream.js';
import type { HealthReport } from '../health/health.js';
import { runInContext } from '../requests/request-context.js';
import { continueTrace } from '../requests/trace-context.js';
import { TestKeys } from '../testing/test-keys.js';
import { bootGrpcService } from './grpc-service.js';
import type { GrpcServiceOptions } from './grpc-service.js';
import type { RunningService } from './service-options.js';

const keys = new TestKeys();
const ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HEALTH_PORT: '0', AUTH: 'optional' };

describe('a gRPC service', () => {
  const closing: (() => Promise<void> | void)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function boot(options: GrpcServiceOptions = greeterOptions(), env = {}): Promise<RunningService> {
    const service = await bootGrpcService(options, { ...ENV, ...env });
    closing.push(() => service.stop());
    return service;
  }

  function greeter(port: number): Upstream<GreeterService> {
    const upstream = new Upstream(GreeterService, 'test.v1.Greeter', `127.0.0.1:${port}`);
    closing.push(() => upstream.close());
    return upstream;
  }

  function client(port: number): Client {
    const plain = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
    closing.push(() => plain.close());
    return plain;
  }

  it('serves Prometheus metrics of its calls on the health port', async () => {
    const { port, healthPort } = await boot();
    await greeter(port).call('greet', { name: 'Ann' });
    const response = await fetch(`http://127.0.0.1:${healthPort}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toMatch(
      /^grpc_server_handling_seconds_count\{grpc_method="\w+\.greet",grpc_code="OK",service="[\w-]+"\} 1$/m,
    );
  });

  it('answers calls, in the context of the caller', async () => {
    const { port } = await boot();
    const trace = continueTrace();
    const call = () => greeter(port).call('greet', { name: 'Ann' });
    const { requestId, traceId, text } = await runInContext({ requestId: 'req-1', trace }, call);
    expect({ requestId, traceId, text }).toEqual({
      requestId: 'req-1',
      traceId: trace.traceId,
      text: 'Hello Ann',
    });
    const own = await call();
    expect(own.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(own.traceId).toMatch(/^[\da-f]{32}$/);
  });

  it('returns domain errors unchanged, and hides others', async () => {
    const { port } = await boot();
    const upstream = greeter(port);
    await expect(upstream.call('greet', { name: 'nobody' })).rejects.toMatchObject({
      name: 'DomainError',
      reason: 'NOBODY',
      message: 'There is no such person',
      kind: 'not-found',
      metadata: { a: 'b' },
    });
    const hidden = { reason: 'INTERNAL', message: 'Internal error', kind: 'internal' };
    await expect(upstream.call('greet', { name: 'defect' })).rejects.toMatchObject(hidden);
    await expect(upstream.call('missing', { name: 'x' })).rejects.toMatchObject({ reason: 'UNIMPLEMENTED' });
  });

  it('refuses requests that cannot be decoded, to any of its services', async () => {
    const { port } = await boot(undefined, { LOG_LEVEL: 'silent' });
    const plain = client(port);
    const asIs = (bytes: Buffer): Buffer => bytes;
    const call = (path: string): Promise<ServiceError> =>
      new Promise((resolve) =>
        plain.makeUnaryRequest(path, asIs, asIs, Buffer.from([10, 9, 65]), (error) => resolve(error!)),
      );
    for (const { path } of [GreeterService.greet, HealthService.Check]) {
      const error = await call(path);
      expect(error.code).toBe(status.INVALID_ARGUMENT);
      expect(fromGrpcError(error)).toMatchObject({ reason: 'MALFORMED_REQUEST', kind: 'invalid' });
    }
  });

  it('times out after the deadline', async () => {
    const stub = new GreeterStub();
    stub.greet = () => new Promise(() => undefined);
    const { port } = await boot(greeterOptions(stub));
    const call = greeter(port).call('greet', { name: 'Ann' }, { deadline: 100 });
    await expect(call).rejects.toMatchObject({ reason: 'DEADLINE_EXCEEDED', kind: 'unavailable' });
  });

  it('is retried after an outage, if the call is idempotent', async () => {
    const { port } = await boot();
    await closing.pop()!();
    const upstream = greeter(port);
    const once = upstream.call('greet', { name: 'Ann' });
    await expect(once).rejects.toMatchObject({ reason: 'UNAVAILABLE', kind: 'unavailable' });
    const retried = upstream.call('greet', { name: 'Ann' }, { idempotent: true });
    await boot(greeterOptions(), { PORT: String(port) });
    expect((await retried).text).toBe('Hello Ann');
  });

  it('is asked again while its database is unavailable, if the call is idempotent', async () => {
    const stub = new GreeterStub();
    let failures = 3;
    stub.greet = (name) => {
      if (failures-- > 0) throw new DatabaseUnavailable(new Error('Connection terminated'));
      return `Hello ${name}`;
    };
    const { port } = await boot(greeterOptions(stub));
    const upstream = greeter(port);
    await expect(upstream.call('greet', { name: 'Ann' })).rejects.toMatchObject({
      reason: 'UNAVAILABLE',
      kind: 'unavailable',
      metadata: { resource: 'database', retryAfter: '1' },
    });
    expect((await upstream.read('greet', { name: 'Ann' })).text).toBe('Hello Ann');
    expect([failures, upstream.circuit]).toEqual([-1, 'closed']);
    failures = Infinity;
    const never = upstream.read('greet', { name: 'Ann' }, { deadline: 300 });
    await expect(never).rejects.toMatchObject({ reason: 'UNAVAILABLE', kind: 'unavailable' });
  });

  it('finishes calls in flight when it stops, and accepts no others', async () => {
    const stub = new GreeterStub();
    let answer!: (text: string) => void;
    let called = false;
    stub.greet = () => {
      called = true;
      return new Promise((resolve) => (answer = resolve));
    };
    const { port, stop } = await boot(greeterOptions(stub));
    const upstream = greeter(port);
    const inFlight = upstream.call('greet', { name: 'Ann' });
    await eventually('the call is in flight', () => called);
    const stopped = stop();
    const late = greeter(port).call('greet', { name: 'Ben' });
    await expect(late).rejects.toMatchObject({ kind: 'unavailable' });
    answer('at last');
    expect((await inFlight).text).toBe('at last');
    await stopped;
  });

  const checkHealth = (port: number, service: string): Promise<{ status: number }> =>
    new Promise((resolve, reject) => {
      const { path, requestSerialize, responseDeserialize } = HealthService.Check;
      const reply = (error: ServiceError | null, response?: { status: number }): void =>
        error ? reject(error) : resolve(response!);
      client(port).makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, reply);
    });

  it('reports its health over gRPC', async () => {
    const { port } = await boot();
    expect(await checkHealth(port, '')).toEqual({ status: 1 });
    expect(await checkHealth(port, 'test.v1.Greeter')).toEqual({ status: 1 });
    await expect(checkHealth(port, 'other')).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('reports its health over HTTP', async () => {
    const { healthPort } = await boot();
    const get = (path: string) => fetch(`http://127.0.0.1:${healthPort}${path}`);
    for (const path of ['/health/live', '/health/ready', '/health/started']) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      const expected = {
        service: 'greeter-service',
        started: true,
        ready: true,
        degraded: false,
        checks: [],
      };
      expect((await response.json()) as HealthReport).toEqual(expected);
    }
    expect((await get('/other')).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${healthPort}/health/live`, { method: 'POST' })).status).toBe(405);
  });

  it.each(['PORT', 'HEALTH_PORT'])('names a %s that is in use', async (variable) => {
    const other = createServer().listen(0, '127.0.0.1');
    closing.push(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(
      bootGrpcService(greeterOptions(), { ...ENV, [variable]: String(port) }),
    ).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: `127.0.0.1:${port} is already in use`,
    });
  });

  it('serves reflection in development only', async () => {
    const descriptor = describeGreeter();
    const options = { ...greeterOptions(), descriptor: descriptor.url };
    closing.push(descriptor.remove);
    const development = await boot(options, { NODE_ENV: 'development' });
    expect(await listServices(client(development.port))).toContain('test.v1.Greeter');
    await expect(reflect(client(development.port), Buffer.from([0xff]))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
    const local = { ALLOW_PLAINTEXT: 'true', HOST: '127.0.0.1' };
    const production = await boot(options, { ...keys.variables, ...local, NODE_ENV: 'production' });
    await expect(listServices(client(production.port))).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });
});

/** A FileDescriptorSet file, as `buf build` writes it: field 1 for each file. */
function describeGreeter(): { url: URL; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'runtime-'));
  const proto = join(directory, 'greeter.proto');
  const source =
    'syntax = "proto3"; package test.v1; message M {} service Greeter { rpc Greet(M) returns (M); }';
  writeFileSync(proto, source);
  const { fileDescriptorProtos } = Object.values(loadSync(proto))[0] as { fileDescriptorProtos: Buffer[] };
  const parts = fileDescriptorProtos.flatMap((file) => [Buffer.from([10, file.length]), file]);
  writeFileSync(join(directory, 'descriptor.binpb'), Buffer.concat(parts));
  const url = pathToFileURL(join(directory, 'descriptor.binpb'));
  return { url, remove: () => rmSync(directory, { recursive: true }) };
}

/** grpc.reflection.v1: list_services (field 7) with any text; the response contains the names. */
const listServices = (client: Client): Promise<string> => reflect(client, Buffer.from([0x3a, 1, 42]));

function reflect(client: Client, request: Buffer): Promise<string> {
  const asIs = (bytes: Buffer): Buffer => bytes;
  const path = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo';
  const call = client.makeBidiStreamRequest(path, asIs, asIs);
  return new Promise((resolve, reject) => {
    call.on('data', (bytes: Buffer) => resolve(bytes.toString('latin1')));
    call.on('error', reject);
    call.end(request);
  });
}
