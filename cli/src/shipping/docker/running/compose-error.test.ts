import { describe, expect, it } from '@jest/globals';
import { composeError } from './compose-error.js';

describe('the error of a failed compose', () => {
  it.each([
    [
      'Error response from daemon: driver failed programming external connectivity on endpoint shop-kafka-1 (a1): Bind for 127.0.0.1:9092 failed: port is already allocated',
      { code: 'CONTAINER_PORT_TAKEN', facts: { port: 9092 } },
    ],
    [
      'Error starting userland proxy: listen tcp4 127.0.0.1:3000: bind: address already in use',
      { code: 'CONTAINER_PORT_TAKEN', facts: { port: 3000 } },
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      { code: 'DOCKER_LOST', facts: { host: 'unix:///var/run/docker.sock' } },
    ],
    ['error during connect: Get "http://docker/v1.41/info": EOF', { code: 'DOCKER_LOST' }],
    [
      'Pulling redis (redis:8)...\nmanifest for redis:8 not found: manifest unknown: manifest unknown',
      { code: 'IMAGE_UNAVAILABLE', facts: { image: 'redis:8' } },
    ],
    [
      'pull access denied for shop/missing, repository does not exist or may require docker login',
      { code: 'IMAGE_UNAVAILABLE', facts: { image: 'shop/missing' } },
    ],
    [
      'Error response from daemon: Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
      { code: 'IMAGE_UNAVAILABLE' },
    ],
    [
      'Pulling pale (shop/pale:1)...\nERROR: Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
      { code: 'IMAGE_UNAVAILABLE', facts: { image: 'shop/pale:1' } },
    ],
    ['write /var/lib/docker/x: no space left on device', { code: 'DISK_FULL' }],
  ])('is recognized by its output: %s', (output, expected) => {
    expect(composeError('docker compose up', output)).toMatchObject(expected);
  });

  it('contains the last lines of any other output', () => {
    expect(composeError('docker compose up', '\u001b[31mone\u001b[0m\n\ntwo\n')).toMatchObject({
      code: 'COMPOSE_FAILED',
      facts: { command: 'docker compose up', lastLines: ['one', 'two'] },
    });
  });
});
