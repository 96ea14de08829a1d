import { expect, it, jest } from '@jest/globals';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { buildImages, docker, runContainer, SERVICES, TAG } from './docker.fixture.js';

jest.setTimeout(1_200_000);

const BASE = 'node:22-bookworm-slim';

/** The builders, each with the tag of its images. */
const BUILDERS = [
  ['the classic builder', '0', TAG],
  ['BuildKit', '1', `${TAG}-buildkit`],
] as const;

/** @returns the output of a shell command in a container of an image */
async function printed(image: string, command: string): Promise<string> {
  const { output } = await runContainer({ Image: image, Cmd: ['bash', '-c', command] });
  return output.trim();
}

describeInDocker('the images', () => {
  it.each(BUILDERS)('are built by %s', async (_, DOCKER_BUILDKIT, tag) => {
    const images = await buildImages({ DOCKER_BUILDKIT }, '--tag', tag);
    expect(images.map(({ image }) => image).sort()).toEqual(
      SERVICES.map((name) => `shop/${name}:${tag}`).sort(),
    );
    const { Size } = await docker.inspectImage(BASE);
    for (const { size } of images) expect(size - Size).toBeLessThan(60_000_000);
  });

  it.each(SERVICES)('of %s have the same content from either builder', async (service) => {
    const all = 'cd /app && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum';
    const [one, other] = await Promise.all(
      BUILDERS.map(([, , tag]) => printed(`shop/${service}:${tag}`, all)),
    );
    expect(one).toMatch(/^[0-9a-f]{64}/);
    expect(other).toBe(one);
  });

  it.each(SERVICES)('of %s have a health check, labels and an unprivileged user', async (service) => {
    const { Config } = await docker.inspectImage(`shop/${service}:${TAG}`);
    expect(Config.User).toBe('1000:1000');
    expect(Config.Cmd).toEqual(['node', 'dist/main.js']);
    expect(Config).toMatchObject({ Healthcheck: { Test: expect.arrayContaining(['CMD']) } });
    expect(Config.Labels).toMatchObject({
      'org.opencontainers.image.title': service,
      'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  it.each(SERVICES)('of %s contain no key, no source and no .env file', async (service) => {
    const secrets = `find /app -name '*.pem' -o -name '*.key' -o -name '.env*' -o -name '*.db' -o -path '*/services/*/src/*'`;
    const write = 'touch /app/x 2>/dev/null && echo writable';
    expect(await printed(`shop/${service}:${TAG}`, `${secrets}; ${write}`)).toBe('');
  });
});
