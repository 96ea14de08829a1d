import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { DomainError } from '../../errors/domain-error.js';
import { eventually } from '../../events/kafka/broker.fixture.js';
import type { CheckReport } from '../../health/health.js';
import { bootGrpcService } from '../../service/grpc-service.js';
import { RuntimeModule } from '../../service/runtime.module.js';
import { ServiceContext } from '../../context/service-context.js';
import type { RunningService } from '../../service/service-options.js';
import { greeterOptions, GreeterService, GreeterStub } from '../server/greeter.fixture.js';
import type { Greeting } from '../server/greeter.fixture.js';
import { PausableServer } from './pausable-server.fixture.js';
import { UpstreamsModule } from './upstreams.module.js';
import type { Upstream } from '../client/upstream.js';

const GREETER = Symbol('greeter');
const ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HEALTH_PORT: '0', AUTH: 'optional' };

describe('UpstreamsModule', () => {
  const closing: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function bootGreeter(port = 0, stub = new GreeterStub()): Promise<RunningService> {
    const service = await bootGrpcService(greeterOptions(stub), { ...ENV, PORT: String(port) });
    closing.push(() => service.stop());
    return service;
  }

  async function bootCaller(address: string) {
    const module = UpstreamsModule.forRoot([
      { name: 'greeter-service', token: GREETER, client: GreeterService, service: 'test.v1.Greeter' },
    ]);
    const root = RuntimeModule.forTest({ name: 'caller', module, env: { GREETER_SERVICE_URL: address } });
    const app = await Test.createTestingModule({ imports: [root] }).compile();
    await app.init();
    closing.push(() => app.close());
    return app;
  }

  it('provides the upstream and follows its health', async () => {
    const first = await bootGreeter();
    const app = await bootCaller(`127.0.0.1:${first.port}`);
    const check = async (): Promise<CheckReport> =>
      (await app.get(ServiceContext).health.report()).checks[0]!;
    await eventually('it is available', async () => (await check()).ok);
    const greeter = app.get<Upstream<GreeterService>>(GREETER);
    expect((await greeter.call('greet', { name: 'Ann' })).text).toBe('Hello Ann');
    await first.stop();
    await eventually('it is unavailable', async () => !(await check()).ok);
    expect(await check()).toMatchObject({
      waitingFor: 'greeter-service',
      reason: expect.stringMatching(/^(no connection: connect ECONNREFUSED|it does not answer)/),
    });
    await bootGreeter(first.port);
    await eventually('it is back', async () => (await check()).ok);
  });

  it('rejects calls to a paused service at once, with a stable reason, and recovers', async () => {
    const proxy = await PausableServer.before((await bootGreeter()).port);
    closing.push(async () => proxy.end());
    const app = await bootCaller(`127.0.0.1:${proxy.port}`);
    const greeter = app.get<Upstream<GreeterService>>(GREETER);
    const { health } = app.get(ServiceContext);
    const reason = async () => (await health.report()).checks[0]?.reason;
    expect((await greeter.call('greet', { name: 'Ann' })).text).toBe('Hello Ann');
    proxy.pause();
    await eventually('it is reported', async () => (await reason()) === 'it does not answer');
    // The health checks alone detect that it hangs.
    await eventually('calls are rejected', async () => greeter.circuit === 'open');
    for (let call = 0; call < 3; call++) {
      const began = Date.now();
      await expect(greeter.read('greet', { name: 'Ann' })).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
      expect(Date.now() - began).toBeLessThan(1_000);
      await new Promise((resolve) => setTimeout(resolve, 1_200));
      expect(await reason()).toBe('it does not answer');
    }
    proxy.resume();
    await eventually('it is called again', async () => greeter.circuit === 'closed');
    expect((await greeter.call('greet', { name: 'Ann' })).text).toBe('Hello Ann');
  }, 90_000);

  it('rejects calls to a service that hangs, until it answers again', async () => {
    const stub = new GreeterStub();
    const { greet } = stub;
    stub.greet = () => new Promise(() => undefined);
    const app = await bootCaller(`127.0.0.1:${(await bootGreeter(0, stub)).port}`);
    const warn = jest.spyOn(app.get(ServiceContext).logger, 'warn');
    const greeter = app.get<Upstream<GreeterService>>(GREETER);
    const call = () => greeter.read('greet', { name: 'Ann' }, { deadline: 100 });
    const hanging = Array.from({ length: 5 }, call);
    for (const one of hanging) await expect(one).rejects.toMatchObject({ reason: 'DEADLINE_EXCEEDED' });
    expect(greeter.circuit).toBe('open');
    const called = { upstream: 'greeter-service', method: '/test.v1.Greeter/Greet' };
    const why = { code: 'DEADLINE_EXCEEDED', reason: expect.stringContaining('Deadline exceeded') };
    expect(warn).toHaveBeenCalledWith('not answered', { ...called, ...why }, 'Upstream');
    const rejected = ({ metadata }: DomainError): boolean => metadata.retryAfter === '1';
    await eventually('calls are rejected', () => call().then(() => false, rejected));
    const { health } = app.get(ServiceContext);
    const reason = 'too many calls to it were not answered; calls are paused';
    await eventually('it is reported', async () => (await health.report()).checks[0]?.reason === reason);
    stub.greet = greet;
    const answered = ({ text }: Greeting): boolean => text === 'Hello Ann';
    await eventually('it is called again', () => call().then(answered, () => false));
    expect(greeter.circuit).toBe('closed');
  });
});
