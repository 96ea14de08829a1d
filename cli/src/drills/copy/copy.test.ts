import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSystem } from '../../model/system/load-system.js';
import { CLOCK_OPTION, setClock } from './clock.js';
import { copyEnvironment } from './copy-environment.js';
import { copySystem } from './copy-system.js';
import type { System } from '../../model/system/system.js';

const MODEL = `
name: toy
broker: { mode: external, address: 'kafka.example.com:9092', port: 9092 }
topics: { it.happened: { message: toy.v1.ItHappened } }
services:
  first: { path: services/first, kind: grpc, port: 4000, proto: [first.proto], database: { driver: postgres }, publishes: [it.happened] }
  second: { path: services/second, kind: grpc, port: 4001, proto: [second.proto], database: { driver: sqlite, file: second.db } }
`;

describe('a copy of a system', () => {
  let root: string;
  let original: System;
  let copy: System;
  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'msx-copy-')));
    for (const folder of [
      'proto',
      'services/first/dist',
      'services/second',
      'services/shared',
      '.git',
      '.msx',
    ])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'msx.yaml'), MODEL);
    for (const file of ['proto/first.proto', 'proto/second.proto', 'services/first/dist/main.js'])
      writeFileSync(join(root, file), '');
    for (const file of ['second.db', 'second.db-wal', 'package.json'])
      writeFileSync(join(root, 'services/second', file), '{}');
    original = loadSystem(root);
    copy = await copySystem(original, join(root, '.msx/verify/1'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('has ports of its own, SQLite, and the embedded broker', () => {
    const ports = [copy.broker.port, ...copy.services.flatMap(({ port, healthPort }) => [port, healthPort])];
    expect(new Set([...ports, 9092, 4000, 4001]).size).toBe(8);
    expect(copy.broker).toMatchObject({ mode: 'embedded', address: `127.0.0.1:${copy.broker.port}` });
    expect(copy.services.map(({ database }) => database)).toEqual([
      { driver: 'sqlite', file: 'first.db' },
      { driver: 'sqlite', file: 'second.db' },
    ]);
    expect(copy.restartAfterMs).toBeUndefined();
    expect(copy.logFolder).toBe(join(copy.root, '.msx/logs'));
  });

  it('copies services without their data, and links what they only read', () => {
    const at = (path: string) => join(copy.root, path);
    expect(lstatSync(at('services/first')).isDirectory()).toBe(true);
    expect(existsSync(at('services/first/dist/main.js'))).toBe(true);
    expect(existsSync(at('services/second/package.json'))).toBe(true);
    expect(existsSync(at('services/second/second.db'))).toBe(false);
    expect(existsSync(at('services/second/second.db-wal'))).toBe(false);
    expect(lstatSync(at('proto')).isSymbolicLink()).toBe(true);
    expect(lstatSync(at('services/shared')).isSymbolicLink()).toBe(true);
    expect(existsSync(at('.git'))).toBe(false);
  });

  it('leads to nothing else through its environment', () => {
    const environment = copyEnvironment({
      ...{
        KAFKA_BROKERS: 'kafka:9092',
        FIRST_DATABASE_URL: 'postgres://x',
        DATABASE_URL: 'y',
        AUTH: 'required',
      },
      ...{ NODE_OPTIONS: '--no-warnings', PATH: '/bin' },
    });
    expect(environment).toEqual({
      ...{ AUTH: 'optional', PATH: '/bin' },
      NODE_OPTIONS: `--no-warnings ${CLOCK_OPTION}`,
    });
  });

  it('can have a process whose clock is off', async () => {
    const [service] = copy.services;
    const dates = () => {
      const program =
        'console.log([Date.now(), +new Date(), Date.parse(Date()), +new Date(5), Date.UTC(1970)].join())';
      const options = {
        cwd: service!.folder,
        env: { ...process.env, NODE_OPTIONS: CLOCK_OPTION },
        timeout: 60_000,
      };
      return spawnSync(process.execPath, ['-e', program], { ...options, encoding: 'utf8' })
        .stdout.trim()
        .split(',')
        .map(Number);
    };
    const day = 86_400_000;
    await setClock(service!, day);
    const [now, date, text, ...fixed] = dates();
    for (const each of [now!, date!, text!]) expect(Math.abs(each - Date.now() - day)).toBeLessThan(day / 2);
    expect(fixed).toEqual([5, 0]);
    await setClock(service!, 0);
    expect(Math.abs(dates()[0]! - Date.now())).toBeLessThan(day / 2);
  });
});
