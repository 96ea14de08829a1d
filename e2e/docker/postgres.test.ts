import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../shop-client.fixture.js';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { docker, DockerShop } from './docker.fixture.js';

jest.setTimeout(300_000);

const IMAGE = 'postgres:17';
let shop: DockerShop;

const run = async (...args: string[]) => (await promisify(execFile)('docker', args)).stdout.trim();

/** Runs a query over the network, as a service would. */
const query = (url: string, sql: string) =>
  run('run', '--rm', '--network', `msx-e2e-${shop.copy.port}`, IMAGE, 'psql', '-tAc', sql, url);

/** Runs a command in a container with the volume and the user of a service. */
const runAs = (service: string, ...command: string[]) => {
  const volume = `${shop.project}_${service}-database:/secret:ro`;
  return run('run', '--rm', '--user', '1000', '--volume', volume, IMAGE, ...command);
};
const urlOf = (service: string) => runAs(service, 'cat', '/secret/url');

/** An old volume: a superuser with a well-known password owns everything. */
async function leaveOldVolume() {
  const volume = `${shop.project}_postgres-data`;
  const label = 'com.docker.compose';
  const labels = { [`${label}.project`]: shop.project, [`${label}.volume`]: 'postgres-data' };
  await docker.api.json('/volumes/create', { method: 'POST', body: { Name: volume, Labels: labels } });
  const id = await run(
    ...['run', '--detach', '--env', 'POSTGRES_PASSWORD=postgres'],
    ...['--volume', `${volume}:/var/lib/postgresql/data`, IMAGE],
  );
  const psql = (...args: string[]) =>
    run('exec', id, 'psql', '-h', '/var/run/postgresql', '-U', 'postgres', ...args);
  await until(
    () => psql('-c', 'create database orders').catch(() => ''),
    (output) => output === 'CREATE DATABASE',
    60,
  );
  await psql('orders', '-c', `create type mood as enum ('calm')`, '-c', 'create sequence alone');
  await psql('orders', '-c', 'create table kept (id serial primary key, mood mood)');
  await run('stop', id);
  await run('rm', id);
}

describeInDocker('PostgreSQL in Docker', () => {
  beforeAll(async () => {
    shop = await DockerShop.create('kraft');
    const file = join(shop.copy.root, 'msx.yaml');
    const model = await readFile(file, 'utf8');
    await writeFile(file, model.replace(/\{ driver: sqlite, file: users\.db \}/, '{ driver: postgres }'));
    await appendFile(join(shop.copy.root, '.env'), `POSTGRES_PORT=${shop.copy.port + 6}\n`);
    await shop.json('render');
    await leaveOldVolume();
    await shop.json('docker', 'up', 'databases');
  });
  afterAll(() => shop?.destroy());

  it('makes a service the owner of what the superuser created for it', async () => {
    const url = await urlOf('order-service');
    const change = `alter table kept add column more int; alter type mood add value 'glad'; drop sequence alone`;
    expect(await query(url, change)).toContain('DROP SEQUENCE');
  });

  it('lets a service connect to its own database only', async () => {
    const url = await urlOf('order-service');
    for (const other of ['products', 'user_service', 'postgres'])
      await expect(query(url.replace(/orders$/, other), 'select 1')).rejects.toThrow(
        'permission denied for database',
      );
    expect(await query(url, 'select rolsuper or rolcreatedb from pg_roles where rolname = user')).toBe('f');
    expect(await runAs('order-service', 'ls', '/secret')).not.toContain('product');
    await expect(runAs('order-service', 'cat', '/secret/password')).rejects.toThrow('Permission denied');
  });

  it('does not accept the well-known password', async () => {
    const url = 'postgres://postgres:postgres@postgres:5432/orders';
    await expect(query(url, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('shows no password in logs or in docker inspect', async () => {
    const password = new URL(await urlOf('order-service')).password;
    expect(password).toMatch(/^[0-9a-f]{48}$/);
    for (const service of ['postgres', 'databases']) {
      const [container] = await shop.containers(service);
      const logs = await docker.getContainer(container!.id).logs();
      expect(logs.toString() + (await run('inspect', container!.id))).not.toContain(password);
    }
  });

  it('keeps passwords after a second up', async () => {
    const before = await urlOf('order-service');
    await shop.json('docker', 'up', 'databases');
    expect(await urlOf('order-service')).toBe(before);
    expect(await query(before, 'select 1')).toBe('1');
  });

  it('can be reached by a service outside of Docker', async () => {
    const file = join(shop.copy.root, '.msx/databases/user-service.url');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await shop.msx('db', 'migrate', 'user-service')).toMatchObject({ code: 0 });
    expect(await query(await urlOf('user-service'), 'select count(*) from users')).toBe('0');
  });
});
