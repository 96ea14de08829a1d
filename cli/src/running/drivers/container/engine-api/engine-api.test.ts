import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Authority } from '../../../../secrets/certificates/authority.js';
import { Docker } from './docker.js';
import { EngineApi } from './engine-api.js';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

let folder: string;
let answer: (request: IncomingMessage, response: ServerResponse) => unknown;
const listener: RequestListener = (request, response) => void answer(request, response);
const servers: Server[] = [];

async function listening(server: Server, at: string | number): Promise<number> {
  servers.push(server.listen(at as number));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const socket = () => join(folder, 'docker.sock');
const apiAt = (host: string, environment = {}) => new EngineApi(host, environment);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
  await listening(createServer(listener), socket());
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  answer = ({ method, url }, response) => response.end(JSON.stringify({ method, url }));
});

describe('a call of the engine', () => {
  it('sends objects as JSON, and leaves out what is undefined', async () => {
    const query = { filters: { label: ['a=b'] }, all: true, name: undefined };
    expect(await apiAt(`unix://${socket()}`).json('/containers/json', { query })).toEqual({
      method: 'GET',
      url: `/containers/json?filters=${encodeURIComponent('{"label":["a=b"]}')}&all=true`,
    });
  });

  it('throws the message of the engine, with the status', async () => {
    answer = (_, response) => response.writeHead(409).end('{"message":"name is in use"}');
    const api = apiAt(`unix://${socket()}`);
    await expect(new Docker(api).createContainer({ Image: 'a' })).rejects.toMatchObject({
      message: 'name is in use',
      statusCode: 409,
    });
    answer = (_, response) => response.writeHead(502).end('no engine\n');
    await expect(api.json('/')).rejects.toMatchObject({ message: 'no engine', statusCode: 502 });
  });

  it('succeeds when there is nothing to do', async () => {
    answer = (_, response) => response.writeHead(304).end();
    await new Docker(apiAt(`unix://${socket()}`)).getContainer('a').stop({ t: 1 });
  });

  it('gives the answer to an archive before all of it is sent', async () => {
    answer = (_, response) => response.writeHead(400).end('{"message":"no Dockerfile"}');
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(64_000);
      })(),
    );
    const api = apiAt(`unix://${socket()}`);
    await expect(api.stream('/build', { method: 'POST', body: endless })).rejects.toThrow('no Dockerfile');
    endless.destroy();
  });

  it('fails when the archive does', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('cannot read a.txt')) });
    answer = async (request, response) => response.end(await buffer(request).catch(() => ''));
    const api = apiAt(`unix://${socket()}`);
    await expect(api.json('/build', { method: 'POST', body: broken })).rejects.toThrow('cannot read a.txt');
  });

  it('fails when the engine ends in the middle of its answer', async () => {
    answer = (_, response) => {
      response.write('half');
      setImmediate(() => response.destroy());
    };
    await expect(apiAt(`unix://${socket()}`).buffer('/')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it.each([
    ['kafka', 'fromImage=kafka&tag=latest'],
    ['apache/kafka:4.3.1', 'fromImage=apache%2Fkafka&tag=4.3.1'],
    ['localhost:5000/kafka', 'fromImage=localhost%3A5000%2Fkafka&tag=latest'],
    ['kafka@sha256:ab', 'fromImage=kafka&tag=sha256%3Aab'],
  ])('pulls one version of %s', async (image, query) => {
    const messages = await new Docker(apiAt(`unix://${socket()}`)).pull(image);
    expect(JSON.parse((await buffer(messages)).toString())).toEqual({
      method: 'POST',
      url: `/images/create?${query}`,
    });
  });
});

describe('the connection', () => {
  it('is TCP', async () => {
    const port = await listening(createServer(listener), 0);
    expect(await apiAt(`tcp://127.0.0.1:${port}`).json('/version')).toMatchObject({ url: '/version' });
  });

  it('is TLS with the certificates of the user', async () => {
    const authority = await Authority.create('docker');
    const [server, client] = await Promise.all(['localhost', 'me'].map((name) => authority.issue(name)));
    const ca = authority.publicPem;
    const options = { cert: server, key: server, ca, requestCert: true, rejectUnauthorized: true };
    const port = await listening(createTlsServer(options, listener), 0);
    for (const [name, text] of Object.entries({ ca, cert: client!, key: client! }))
      writeFileSync(join(folder, `${name}.pem`), text);
    const environment = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    const host = `tcp://localhost:${port}`;
    expect(await apiAt(host, environment).json('/version')).toMatchObject({ url: '/version' });
    await expect(apiAt(host, { DOCKER_TLS_VERIFY: '1' }).json('/version')).rejects.toThrow(/certificate/);
  });

  it('is a docker command at the other end of SSH', async () => {
    // What `docker system dial-stdio` does on that machine.
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const dial = `process.stdin.pipe(require('node:net').connect('${socket()}')).pipe(process.stdout)`;
    writeFileSync(
      join(bin, 'ssh'),
      `#!/bin/sh\necho "$*" >'${folder}/args'\nexec '${process.execPath}' -e "${dial}"\n`,
    );
    chmodSync(join(bin, 'ssh'), 0o755);
    const api = apiAt('ssh://me@there:2222', { PATH: `${bin}:${process.env.PATH}` });
    expect(await api.json('/version')).toMatchObject({ url: '/version' });
    expect(readFileSync(join(folder, 'args'), 'utf8').trim()).toBe(
      '-T -l me -p 2222 -- there docker system dial-stdio',
    );
  });
});
