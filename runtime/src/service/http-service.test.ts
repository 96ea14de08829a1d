import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { currentRequest } from '../requests/request-context.js';
import { bootHttpService } from './http-service.js';
import type { RunningService } from './service-options.js';

let finish: () => void;
const finished = new Promise<void>((resolve) => void (finish = resolve));
let begin: () => void;
const began = new Promise<void>((resolve) => void (begin = resolve));

@Controller()
class EchoController {
  @Get('slow')
  async slow() {
    begin();
    await finished;
    return {};
  }

  @Get('echo')
  echo() {
    return { requestId: currentRequest()?.requestId, traceId: currentRequest()?.trace.traceId };
  }

  @Post('echo')
  async post(@Body() body: object) {
    await new Promise(setImmediate);
    return { body, ...this.echo() };
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

describe('an HTTP service', () => {
  const options = () => ({ name: 'echo', module: EchoModule, port: 0, adapter: () => new FastifyAdapter() });
  const env = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HEALTH_PORT: '0', AUTH: 'optional' };
  let service: RunningService;

  beforeAll(async () => void (service = await bootHttpService(options(), env)));
  afterAll(() => service.stop());

  const url = (path: string): string => `http://127.0.0.1:${service.port}${path}`;

  it('runs in the context of the request, with and without a body', async () => {
    const traceId = 'c'.repeat(32);
    const headers = { 'x-request-id': 'mine', traceparent: `00-${traceId}-${'d'.repeat(16)}-01` };
    const got = await fetch(url('/echo'), { headers });
    expect(got.headers.get('x-request-id')).toBe('mine');
    expect(await got.json()).toEqual({ requestId: 'mine', traceId });
    const json = { ...headers, 'content-type': 'application/json' };
    const posted = await fetch(url('/echo'), { method: 'POST', body: '{"a":1}', headers: json });
    expect(await posted.json()).toEqual({ body: { a: 1 }, requestId: 'mine', traceId });
  });

  it('assigns an id to a request without a valid one', async () => {
    const ids = await Promise.all(
      ['', 'two\twords'].map(async (id) =>
        (await fetch(url('/echo'), { headers: { 'x-request-id': id } })).headers.get('x-request-id'),
      ),
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\da-f-]{36}$/);
  });

  it('reports its health on both ports', async () => {
    for (const port of [service.port, service.healthPort]) {
      const response = await fetch(`http://127.0.0.1:${port}/health/started`);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(await response.json()).toMatchObject({
        service: 'echo',
        started: true,
        ready: true,
        checks: [],
      });
    }
  });

  it('finishes requests in flight before it stops, and closes the connections of later ones', async () => {
    const stopping = await bootHttpService(options(), { ...env, NODE_ENV: 'development', JWKS: '' });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const get = (path: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const outgoing = request({ port: stopping.port, host: '127.0.0.1', path, agent }, (response) =>
          response.resume().once('end', () => resolve(response)),
        );
        outgoing.once('error', reject).end();
      });
    expect((await get('/echo')).headers.connection).toBe('keep-alive');
    const slow = get('/slow');
    await began;
    const stopped = stopping.stop();
    const second = fetch(`http://127.0.0.1:${stopping.port}/echo`);
    expect((await second).headers.get('connection')).toBe('close');
    finish();
    expect((await slow).statusCode).toBe(200);
    await stopped;
    agent.destroy();
  });

  it('names a port that is in use', async () => {
    const again = bootHttpService(options(), { ...env, PORT: String(service.port) });
    await expect(again).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  });
});
