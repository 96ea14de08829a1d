import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAnswers, dockerHost } from './docker-client.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'docker-config-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function context(name: string, host: string) {
  const meta = join(folder, 'contexts/meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(meta, { recursive: true });
  writeFileSync(
    join(meta, 'meta.json'),
    JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }),
  );
}

describe('the address of the engine', () => {
  it('is DOCKER_HOST first of all', () => {
    context('colima', 'unix:///colima.sock');
    const environment = { DOCKER_HOST: 'tcp://there:2375', DOCKER_CONTEXT: 'colima', DOCKER_CONFIG: folder };
    expect(dockerHost(environment)).toBe('tcp://there:2375');
  });

  it('is the endpoint of the current context', () => {
    context('colima', 'unix:///colima.sock');
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'colima' }));
    expect(dockerHost({ DOCKER_CONFIG: folder })).toBe('unix:///colima.sock');
    expect(dockerHost({ DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'default' })).toBe(
      'unix:///var/run/docker.sock',
    );
  });

  it('is the default socket without a valid configuration', () => {
    writeFileSync(join(folder, 'config.json'), 'no JSON');
    expect(dockerHost({ DOCKER_CONFIG: folder })).toBe('unix:///var/run/docker.sock');
  });
});

describe('an engine that is paused', () => {
  it('is not waited for beyond the timeout', async () => {
    const path = join(folder, 'docker.sock');
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket)).listen(path);
    await once(server, 'listening');
    await expect(checkAnswers({ DOCKER_HOST: `unix://${path}` }, 200)).rejects.toThrow(
      'no answer within 0.2 s',
    );
    for (const socket of sockets) socket.destroy();
    server.close();
  });
});
