import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished, ShopCopy } from '../shop-copy.fixture.js';

jest.setTimeout(120_000);

let shop: ShopCopy;
let folder: string;

async function failure(args: string[], environment: NodeJS.ProcessEnv) {
  const { code, stdout } = await finished(shop.startWith(environment, ...args, '--json'));
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  return { exitCode: code, ...error };
}

/** These tests need no engine: they are about its absence. */
describe('without a Docker Engine', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'no-engine-'));
    shop = await ShopCopy.create();
    const { code, stderr } = await finished(shop.start('render'));
    if (code !== 0) throw new Error(stderr);
  });
  afterAll(async () => {
    await shop?.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(
    ['up', 'build', 'ps', 'down', 'logs', 'scale user-service=2']
      .map((command) => `docker ${command}`)
      .concat('dev start --broker kafka'),
  )('%s reports that none answers, and at which address', async (command) => {
    const DOCKER_HOST = `unix://${folder}/docker.sock`;
    expect(await failure(command.split(' '), { DOCKER_HOST })).toMatchObject({
      exitCode: 1,
      code: 'DOCKER_UNAVAILABLE',
      message: `no Docker Engine answers at ${DOCKER_HOST}: there is no such socket`,
    });
  });

  it('docker build reports that the engine stopped halfway', async () => {
    const socket = join(folder, 'dying.sock');
    const engine = createServer((request, response) => {
      if (request.url!.includes('/_ping')) response.end('OK');
      else if (request.url!.includes('/version')) response.end(JSON.stringify({ Version: '20.10.24' }));
      else request.socket.destroy();
    });
    await new Promise<void>((resolve) => engine.listen(socket, resolve));
    const lost = await failure(['docker', 'build'], { DOCKER_HOST: `unix://${socket}` });
    engine.close();
    expect(lost).toMatchObject({
      code: 'DOCKER_LOST',
      message: expect.stringContaining('during the build of shop/user-service'),
    });
  });
});
