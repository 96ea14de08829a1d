import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { notSaid } from '../truth/sentences.fixture.js';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { docker, DockerShop, TAG } from './docker.fixture.js';

jest.setTimeout(120_000);

describeInDocker('messages about containers, when they are not true', () => {
  let shop: DockerShop;
  let container: Awaited<ReturnType<typeof docker.createContainer>>;

  /**
   * It is labelled as part of the system, but was not created by compose, so `docker compose` does not remove it.
   * docker-compose 1.29 would.
   */
  beforeAll(async () => {
    shop = await DockerShop.create('kraft');
    container = await docker.createContainer({
      Image: `shop/user-service:${TAG}`,
      Entrypoint: ['node', '-e', 'setInterval(() => {}, 1000)'],
      Labels: {
        'com.docker.compose.project': shop.project,
        'com.docker.compose.service': 'user-service',
        'com.docker.compose.oneoff': 'False',
      },
    });
    await container.start();
  });
  afterAll(async () => {
    await container?.remove({ force: true });
    await shop?.destroy();
  });

  const down = async () => {
    const run = await shop.msx('docker', 'down');
    expect(await container.inspect()).toMatchObject({ State: { Running: true } });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('CONTAINERS_LEFT') });
    return run;
  };
  notSaid({ command: 'docker down', says: 'removed …' }, down);
  notSaid({ command: 'docker down', says: 'nothing was running' }, down);
  notSaid({ command: 'docker ps', says: 'nothing is running; msx docker up starts the system' }, () =>
    shop.msx('docker', 'ps'),
  );
});
