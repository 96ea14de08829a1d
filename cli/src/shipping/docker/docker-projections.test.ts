import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseSystem } from '../../model/system/load-system.js';
import { composeFile, portsFile } from './compose-file.js';
import type { Container } from './container.js';
import { dockerProjections } from './docker-projections.js';

const root = join(import.meta.dirname, '../../../..');
const source = readFileSync(join(root, 'msx.yaml'), 'utf8');
const shopWith = (text: string) => parseSystem(text, root, () => true);
const shop = shopWith(source);

interface Compose {
  services: Record<string, Container>;
  volumes: Record<string, object>;
  networks: { default: { name: string } };
}
const compose = (text = source) => parse(composeFile(shopWith(text))) as Compose;

describe('the Docker projection of msx.yaml', () => {
  it.each(dockerProjections(shop))('is committed and up to date: $path', ({ path, text }) => {
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
      'postgres-socket',
      'user-service-database',
      'product-service-database',
      'order-service-database',
    ]);
  });

  it('runs Kafka without ZooKeeper if msx.yaml says kraft', () => {
    const { services } = compose(source.replace('kafka: zookeeper', 'kafka: kraft'));
    expect(services).not.toHaveProperty('zookeeper');
    expect(services['kafka']).toMatchObject({
      image: 'apache/kafka:4.3.1',
      environment: { KAFKA_PROCESS_ROLES: 'broker,controller' },
    });
    expect(services['kafka']).not.toHaveProperty('depends_on');
  });

  it('publishes PostgreSQL if services use it in development', () => {
    expect(compose().services['postgres']).not.toHaveProperty('ports');
    const { services } = compose(
      source.replace('{ driver: sqlite, file: users.db }', '{ driver: postgres }'),
    );
    expect(services['postgres']!.ports).toEqual(['127.0.0.1:${POSTGRES_PORT:-5432}:5432']);
    expect(services['databases']!.command!.at(-1)).toContain('for name in user_service products orders;');
    expect(services['databases']!.command!.at(-1)).toContain(
      "sed 's/@postgres:5432/@127.0.0.1:${POSTGRES_PORT:-5432}/' /passwords/user_service/url >/system/.msx/databases/user-service.url",
    );
    expect(services['databases']!.volumes).toContain('./.msx:/system/.msx');
    expect(compose().services['databases']!.volumes).not.toContain('./.msx:/system/.msx');
  });

  it('starts a service once its dependencies are healthy', () => {
    const { services } = compose();
    expect(services['order-service']!.depends_on).toEqual({
      kafka: { condition: 'service_healthy' },
      databases: { condition: 'service_completed_successfully' },
      'product-service': { condition: 'service_healthy' },
    });
    expect(Object.keys(services['api-gateway']!.depends_on!)).toEqual(
      expect.arrayContaining(shop.services.find(({ name }) => name === 'api-gateway')!.calls),
    );
  });

  it('can scale every service but the gateway, which alone publishes a port', () => {
    const { services } = compose();
    const own = shop.services.filter(({ name }) => services[name]!.ports).map(({ name }) => name);
    expect(own).toEqual(['api-gateway']);
    const published = parse(portsFile(shop)) as Compose;
    expect(published.services['user-service']!.ports).toEqual([
      '127.0.0.1:${USER_SERVICE_PORT:-50051}:50051',
    ]);
  });

  it('gives each service a database of its own, and a secret that no other service has', () => {
    const { services } = compose();
    const clients = ['user-service', 'product-service', 'order-service'];
    for (const { name } of shop.services) {
      const { environment, volumes } = services[name]!;
      expect(environment).not.toHaveProperty('DATABASE_URL');
      const secret = clients.includes(name) ? '/run/secrets/database/url' : undefined;
      expect(environment!['DATABASE_URL_FILE']).toBe(secret);
      expect(volumes).toEqual(secret && [`${name}-database:/run/secrets/database:ro`]);
    }
    expect(services['databases']!.command!.at(-1)).toContain('in users products orders;');
  });

  it('contains no password, and gives access to the superuser by its socket only', () => {
    expect(composeFile(shop)).not.toMatch(/PGPASSWORD|POSTGRES_PASSWORD:|postgres:\/\/postgres/);
    const holders = Object.entries(compose().services).filter(([, { volumes }]) =>
      volumes?.some((volume) => volume.startsWith('postgres-socket:')),
    );
    expect(holders.map(([name]) => name)).toEqual(['postgres', 'databases']);
  });

  it('gives the private keys to the issuer only, and contains none itself', () => {
    const { services } = compose();
    const holders = shop.services.filter(
      ({ name }) => services[name]!.environment!['JWT_KEYS'] !== undefined,
    );
    expect(holders.map(({ name }) => name)).toEqual(['user-service']);
    expect(services['user-service']!.environment!['JWT_KEYS']).toBe('${JWT_KEYS:-}');
  });
});
