import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseSystem } from '../system/load-system.js';
import { composeFile, portsFile } from './compose.js';
import type { Container } from './container.js';
import { projectionsOf } from './projections.js';

const root = join(import.meta.dirname, '../../..');
const source = readFileSync(join(root, 'msx.yaml'), 'utf8');
const shopWith = (text: string) => parseSystem(text, root, () => true);
const shop = shopWith(source);

interface Compose {
  services: Record<string, Container>;
  volumes: Record<string, object>;
  networks: { default: { name: string } };
}
const compose = (text = source) => parse(composeFile(shopWith(text))) as Compose;

describe('what follows from msx.yaml', () => {
  it.each(projectionsOf(shop))('is committed as it is now: $path', ({ path, text }) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });
});

describe('docker-compose.yml', () => {
  it('has the containers and the network of the system', () => {
    const { services, networks, volumes } = compose();
    const names = ['zookeeper', 'kafka', 'postgres', 'databases', 'redis'];
    expect(Object.keys(services)).toEqual([...names, ...shop.services.map(({ name }) => name)]);
    expect(networks.default.name).toBe('ms_default');
    expect(Object.keys(volumes)).toEqual([
      'zookeeper',
      'zookeeper-data',
      'zookeeper-log',
      'kafka-data',
      'postgres-data',
    ]);
  });

  it('runs Kafka by itself where msx.yaml says kraft', () => {
    const { services } = compose(source.replace('kafka: zookeeper', 'kafka: kraft'));
    expect(services).not.toHaveProperty('zookeeper');
    expect(services['kafka']).toMatchObject({
      image: 'apache/kafka:4.3.1',
      environment: { KAFKA_PROCESS_ROLES: 'broker,controller' },
    });
    expect(services['kafka']).not.toHaveProperty('depends_on');
  });

  it('has its PostgreSQL found on this machine where services use it in development', () => {
    expect(compose().services['postgres']).not.toHaveProperty('ports');
    const { services } = compose(
      source.replace('{ driver: sqlite, file: users.db }', '{ driver: postgres }'),
    );
    expect(services['postgres']!.ports).toEqual(['127.0.0.1:${POSTGRES_PORT:-5432}:5432']);
    expect(services['databases']!.command!.at(-1)).toContain('for name in user_service products orders;');
  });

  it('waits for what a service needs to be healthy', () => {
    const { services } = compose();
    expect(services['order-service']!.depends_on).toEqual({
      kafka: { condition: 'service_healthy' },
      databases: { condition: 'service_completed_successfully' },
    });
    expect(Object.keys(services['api-gateway']!.depends_on!)).toEqual(
      expect.arrayContaining(shop.services.find(({ name }) => name === 'api-gateway')!.calls),
    );
  });

  it('can run a service several times: only the gateway has a port on this machine', () => {
    const { services } = compose();
    const own = shop.services.filter(({ name }) => services[name]!.ports).map(({ name }) => name);
    expect(own).toEqual(['api-gateway']);
    const published = parse(portsFile(shop)) as Compose;
    expect(published.services['user-service']!.ports).toEqual([
      '127.0.0.1:${USER_SERVICE_PORT:-50051}:50051',
    ]);
  });

  it('gives each service a database of its own', () => {
    const { services } = compose();
    const urls = shop.services.map(({ name }) => services[name]!.environment!['DATABASE_URL']);
    expect(urls.map((url) => url && String(url).split('/').at(-1))).toEqual([
      'users',
      'products',
      'orders',
      undefined,
    ]);
    expect(services['databases']!.command!.at(-1)).toContain('in users products orders;');
  });

  it('gives the private keys to the issuer alone, and none of them is in the file', () => {
    const { services } = compose();
    const holders = shop.services.filter(
      ({ name }) => services[name]!.environment!['JWT_KEYS'] !== undefined,
    );
    expect(holders.map(({ name }) => name)).toEqual(['user-service']);
    expect(services['user-service']!.environment!['JWT_KEYS']).toBe('${JWT_KEYS:-}');
  });
});
