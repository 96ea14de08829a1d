import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execa } from 'execa';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hashOf, parseLedger, unpackBase } from '../generate/ledger/ledger.js';
import { systemProjections } from '../kubernetes/system-projections.js';
import { loadSystem } from '../system/load-system.js';
import { staleAmong } from '../system/projection.js';
import { recordFormats } from './first-formats.js';
import { withKit } from './kit.js';
import { newSystem } from './new-system.js';
import { systemFiles } from './render-system.js';
import { defaultFirst } from './system-wish.js';
import type { Kit } from './kit.js';
import type { NewSystemOptions } from './new-system.js';
import type { SystemWish } from './system-wish.js';

jest.setTimeout(240_000);

const packageFolder = resolve(import.meta.dirname, '../..');
const wished: SystemWish = {
  name: 'garden',
  variant: 'shop',
  database: 'sqlite',
  broker: 'embedded',
  first: false,
};

let kit: Kit;
let release: () => void;
let held: Promise<void>;
beforeAll(async () => {
  await new Promise<void>((ready) => {
    const wait = new Promise<void>((done) => (release = done));
    held = withKit(packageFolder, async (each) => {
      kit = each;
      ready();
      await wait;
    });
  });
});
afterAll(async () => {
  release();
  await held;
});

let place: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'msx-new-')));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const make = (wish: Partial<SystemWish> = {}, options: Partial<NewSystemOptions> = {}, from = kit) =>
  newSystem({ ...wished, ...wish }, from, {
    folder: join(place, 'garden'),
    git: false,
    install: false,
    interrupted: new AbortController().signal,
    ...options,
  });
const read = (file: string) => readFileSync(join(place, 'garden', file), 'utf8');

const tree = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(folder.length), readFileSync(file, 'base64')]);

describe('a new system', () => {
  it('is the shop with another name, its lock file, its tools, and all that msx.yaml projects', async () => {
    expect(await make()).toMatchObject({ name: 'garden', installed: false, repository: 'none' });
    const system = loadSystem(join(place, 'garden'));
    expect(system).toMatchObject({ name: 'garden', broker: { mode: 'embedded', kafka: 'kraft' } });
    expect(system.services.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['user-service', 'product-service', 'order-service', 'api-gateway']),
    );
    expect(staleAmong(systemProjections(system), system.root)).toEqual([]);
    expect(read('msx.yaml')).toMatch(/^# yaml-language-server: \$schema=\.\/node_modules\/@msx\/cli\//);
    expect(read('services/user-service/tsconfig.json')).not.toContain('references');
    for (const file of ['README.md', 'AGENTS.md', 'package.json'])
      expect(read(file)).not.toContain('village');
    for (const file of ['.gitignore', '.dockerignore', '.github/workflows/ci.yml', 'docker-compose.yml'])
      expect([file, existsSync(join(place, 'garden', file))]).toEqual([file, true]);
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { link?: boolean; resolved?: string; version?: string }>;
    };
    expect(packages['node_modules/@msx/runtime']!.resolved).toMatch(/^file:vendor\/msx-runtime-.*\.tgz$/);
    const links = Object.values(packages).filter(({ link }) => link);
    expect(links).toHaveLength(system.services.length);
  });

  it('is a gateway with a first service, on the databases and the broker wished for', async () => {
    const address = 'kafka.example:9092';
    const wish = { variant: 'empty', first: defaultFirst, database: 'postgres' } as const;
    const made = await make({ ...wish, broker: 'external', brokerAddress: address });
    expect(made.services).toEqual(['api-gateway', 'item-service']);
    const system = loadSystem(join(place, 'garden'));
    expect(system.broker).toMatchObject({ mode: 'external', address });
    expect(system.services[1]).toMatchObject({ database: { driver: 'postgres' }, port: 50_051 });
    expect(system.topics.map(({ name }) => name)).toEqual(['item.created', 'item.updated', 'item.deleted']);
    expect(read('proto/item.proto')).toContain('package garden.item.v1;');
    expect(read('services/api-gateway/src/app.module.ts')).not.toMatch(/User|Product|Order/);
    expect(read('services/api-gateway/src/app.module.ts')).toContain('ItemResolver');
    expect(read('package-lock.json')).toContain('"services/item-service"');
  });

  it('is the same when how it is formatted is known since msx was packed', async () => {
    const { longest, formats } = await recordFormats({ ...kit, lock: {}, vendored: [] });
    const wish = { variant: 'empty', database: 'postgres', first: defaultFirst } as const;
    for (const name of ['garden', 'my-own-garden', 'g'.repeat(longest)]) {
      const known = new Map(Object.entries(formats));
      const [plain, fast] = [join(place, name, 'plain'), join(place, name, 'fast')];
      await make({ ...wish, name }, { folder: plain });
      await make({ ...wish, name }, { folder: fast }, { ...kit, formats: known });
      expect(known.size).toBe(Object.keys(formats).length);
      expect(tree(fast)).toEqual(tree(plain));
    }
  });

  it('remembers each file as it was made', async () => {
    await make({ variant: 'empty', first: defaultFirst });
    const { files, slices } = parseLedger(read('.msx/ledger.json'));
    expect(Object.keys(slices)).toEqual(expect.arrayContaining(['system', 'service item-service']));
    for (const [path, { hash }] of Object.entries(files)) {
      const base = unpackBase(readFileSync(join(place, 'garden', `.msx/base/${hash}.gz`)));
      expect([path, hashOf(base)]).toEqual([path, hash]);
      expect([path, read(path)]).toEqual([path, base]);
    }
  });

  it('carries msx and the runtime as npm would pack them', async () => {
    await make();
    const vendor = join(place, 'garden/vendor');
    const archives = readdirSync(vendor);
    expect(archives.map((name) => name.replace(/-\d.*/, ''))).toEqual(['msx-cli', 'msx-runtime']);
    const { stdout } = await execa('tar', ['tzf', join(vendor, archives[0]!)]);
    const names = stdout.split('\n');
    for (const file of ['package.json', 'bin/run.js', 'dist/main.js', 'templates/lock.json'])
      expect(names).toContain(`package/${file}`);
    expect(
      names.filter(
        (name) => /node_modules|\/src\/main\.ts$|\.test\.ts$/.test(name) && !/templates/.test(name),
      ),
    ).toEqual([]);
  });

  it('becomes a git repository with one commit, unless it is made inside of one', async () => {
    const author = {
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_AUTHOR_EMAIL: 'a@example.com',
    };
    Object.assign(process.env, author, { GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'a@example.com' });
    expect((await make({}, { git: true })).repository).toBe('made');
    const { stdout } = await execa('git', ['status', '--porcelain'], { cwd: join(place, 'garden') });
    expect(stdout).toBe('');
    const tracked = await execa('git', ['ls-files'], { cwd: join(place, 'garden') });
    expect(tracked.stdout.split('\n')).toEqual(
      expect.arrayContaining(['.msx/ledger.json', 'package-lock.json']),
    );
    const inside = join(place, 'garden/another');
    expect((await make({}, { git: true, folder: inside })).repository).toBe('around');
    expect(existsSync(join(inside, '.git'))).toBe(false);
  });
});

describe('nothing is made, and nothing left,', () => {
  afterEach(() => expect(readdirSync(place).filter((name) => name !== 'taken')).toEqual([]));

  it.each([
    ['class', '"class" is a word of JavaScript'],
    ['gärten', '"ä" is neither a letter'],
    ['1st', 'it does not begin with a letter'],
    ['msx', 'the command is called so'],
  ])('of the name %s', async (name, reason) => {
    await expect(make({ name })).rejects.toMatchObject({
      code: 'NAME_INVALID',
      facts: { reason: expect.stringContaining(reason) },
    });
  });

  it('where something is already, or nothing can be', async () => {
    writeFileSync(join(place, 'taken'), 'mine');
    await expect(make({}, { folder: join(place, 'taken') })).rejects.toMatchObject({
      code: 'FOLDER_NOT_EMPTY',
    });
    await expect(make({}, { folder: join(place, 'taken/inside') })).rejects.toMatchObject({
      code: 'FOLDER_READ_ONLY',
    });
    await expect(make({}, { folder: join(place, 'x'.repeat(300)) })).rejects.toMatchObject({
      code: 'FOLDER_READ_ONLY',
    });
    expect(readFileSync(join(place, 'taken'), 'utf8')).toBe('mine');
  });

  it('where there is no git', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = place;
    try {
      await expect(make({}, { git: true })).rejects.toMatchObject({ code: 'GIT_FAILED' });
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('when a person has had enough of it', async () => {
    const wanted = new AbortController();
    wanted.abort();
    await expect(make({}, { interrupted: wanted.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const later = new AbortController();
    const making = make(
      {},
      {
        interrupted: later.signal,
        install: true,
        onStep: (step) => step === 'packages' && setTimeout(() => later.abort(), 300),
      },
    );
    await expect(making).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('when its first service cannot be', async () => {
    const first = { ...defaultFirst, fields: 'price:mony' };
    await expect(make({ variant: 'empty', first })).rejects.toMatchObject({ code: 'FIELDS_INVALID' });
  });

  it('when its packages cannot be installed', async () => {
    const registry = process.env['npm_config_registry'];
    process.env['npm_config_registry'] = 'http://127.0.0.1:1/';
    process.env['npm_config_offline'] = 'true';
    process.env['npm_config_cache'] = join(tmpdir(), `msx-no-cache-${process.pid}`);
    try {
      await expect(make({}, { install: true })).rejects.toMatchObject({ code: 'INSTALL_FAILED' });
    } finally {
      rmSync(process.env['npm_config_cache']!, { recursive: true, force: true });
      delete process.env['npm_config_offline'];
      delete process.env['npm_config_cache'];
      if (registry) process.env['npm_config_registry'] = registry;
      else delete process.env['npm_config_registry'];
    }
  });
});

describe('the templates', () => {
  it('are nowhere in a system of another name, and know each file once', () => {
    for (const variant of ['empty', 'shop'] as const) {
      const files = systemFiles({ ...wished, variant }, kit);
      expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
      expect(files.filter(({ text }) => /\bvillage\b/.test(text)).map(({ path }) => path)).toEqual([]);
      expect(files.filter(({ path }) => /(^|\/)(gen|dist|node_modules)\//.test(path))).toEqual([]);
    }
  });
});
