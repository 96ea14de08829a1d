import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dockerHost } from './docker-client.js';

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

describe('where the engine is', () => {
  it('is what DOCKER_HOST says, before all else', () => {
    context('colima', 'unix:///colima.sock');
    const environment = { DOCKER_HOST: 'tcp://there:2375', DOCKER_CONTEXT: 'colima', DOCKER_CONFIG: folder };
    expect(dockerHost(environment)).toBe('tcp://there:2375');
  });

  it('is what the context in use says', () => {
    context('colima', 'unix:///colima.sock');
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ currentContext: 'colima' }));
    expect(dockerHost({ DOCKER_CONFIG: folder })).toBe('unix:///colima.sock');
    expect(dockerHost({ DOCKER_CONFIG: folder, DOCKER_CONTEXT: 'default' })).toBe(
      'unix:///var/run/docker.sock',
    );
  });

  it('is the usual socket where nothing says, or nothing that can be read', () => {
    writeFileSync(join(folder, 'config.json'), 'no JSON');
    expect(dockerHost({ DOCKER_CONFIG: folder })).toBe('unix:///var/run/docker.sock');
  });
});
