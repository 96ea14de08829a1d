import { describe, expect, it } from '@jest/globals';
import { chosenServices, composeServices, tasksOf } from './compose-model.js';

/** A file as docker-compose 1.29 prints it; docker compose 2 differs. */
const old = composeServices({
  services: {
    kafka: { image: 'kafka', depends_on: ['zookeeper'], ports: ['127.0.0.1:9092:9092/tcp'] },
    zookeeper: { image: 'zookeeper' },
    redis: { image: 'redis', profiles: ['redis'] },
    databases: { image: 'postgres' },
    orders: {
      image: 'shop/orders',
      build: {},
      depends_on: { databases: { condition: 'service_completed_successfully' } },
    },
  },
});

describe('the services of compose', () => {
  it('are read from the output of either version', () => {
    const kafka = {
      depends_on: { zookeeper: { condition: 'service_healthy' as const } },
      ports: [{ published: '9092' }],
    };
    expect(composeServices({ services: { kafka } })[0]).toMatchObject({
      ports: [9092],
      dependsOn: [{ on: 'zookeeper', until: 'service_healthy' }],
    });
    expect(old[0]).toMatchObject({
      ports: [9092],
      dependsOn: [{ on: 'zookeeper', until: 'service_started' }],
    });
    expect([...tasksOf(old)]).toEqual(['databases']);
    expect(old.filter(({ builds }) => builds).map(({ name }) => name)).toEqual(['orders']);
  });

  const names = (...choice: [string[], string[]?]) =>
    chosenServices(old, { names: choice[0], profiles: choice[1] ?? [] }).map(({ name }) => name);

  it('run with everything they depend on', () => {
    expect(names(['kafka'])).toEqual(['kafka', 'zookeeper']);
    expect(names([])).toEqual(['kafka', 'zookeeper', 'databases', 'orders']);
    expect(names([], ['redis'])).toContain('redis');
    expect(names(['redis'])).toEqual(['redis']);
  });

  it('must exist, and so must their profiles', () => {
    expect(() => names(['kafak'])).toThrow(expect.objectContaining({ suggestion: 'Did you mean "kafka"?' }));
    expect(() => names([], ['rdis'])).toThrow(expect.objectContaining({ code: 'UNKNOWN_PROFILE' }));
  });
});
