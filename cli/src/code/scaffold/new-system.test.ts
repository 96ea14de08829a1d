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
import { gitIn } from '../git/git.fixture.js';
import { systemProjections } from '../../shipping/kubernetes/system-projections.js';
import { inspectPortOf } from '../../model/system/inspect-port.js';
import { loadSystem } from '../../model/system/load-system.js';
import { staleAmong } from '../../model/system/projection.js';
import { recordFormats } from './record-formats.js';
import { withoutSections } from '../../model/readme/sections.js';
import { withEnvironment } from '../../with-environment.fixture.js';
import { withKit } from './kit.js';
import { newSystem } from './new-system.js';
import { systemFiles } from './render-system.js';
import { expectVendored, withNewerVersion } from './vendored.fixture.js';
import { defaultFirst } from './system-request.js';
import type { Kit } from './kit.js';
import type { NewSystemOptions } from './new-system.js';
import type { SystemRequest } from './system-request.js';

jest.setTimeout(240_000);

const packageFolder = resolve(import.meta.dirname, '../../..');
const defaultRequest: SystemRequest = {
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
    const hold = async (each: Kit) => {
      kit = each;
      ready();
      await wait;
    };
    held = withKit(packageFolder, hold, 'tree');
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

const make = (request: Partial<SystemRequest> = {}, options: Partial<NewSystemOptions> = {}, from = kit) =>
  newSystem({ ...defaultRequest, ...request }, from, {
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
  it('is the shop under another name, with its lock file, its tools, and all projections of msx.yaml', async () => {
    expect(await make()).toMatchObject({ name: 'garden', installed: false, repository: 'none' });
    const system = loadSystem(join(place, 'garden'));
    expect(system).toMatchObject({ name: 'garden', broker: { mode: 'embedded', kafka: 'kraft' } });
    expect(system.services.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['user-service', 'product-service', 'order-service', 'api-gateway']),
    );
    expect(staleAmong(systemProjections(system), system.root)).toEqual([]);
    expect(read('msx.yaml')).toMatch(/^# yaml-language-server: \$schema=\.\/node_modules\/@msx\/cli\//);
    expect(read('services/user-service/tsconfig.json')).not.toContain('references');
    expect(JSON.parse(read('.vscode/launch.json'))).toMatchObject({
      configurations: system.services.map(({ name, port }) => ({ name, port: inspectPortOf(port) })),
    });
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

  it('is a gateway with a first service, with the requested database and broker', async () => {
    const address = 'kafka.example:9092';
    const request = { variant: 'empty', first: defaultFirst, database: 'postgres' } as const;
    const made = await make({ ...request, broker: 'external', brokerAddress: address });
    expect(made.services).toEqual(['api-gateway', 'item-service']);
    const system = loadSystem(join(place, 'garden'));
    expect(JSON.parse(read('.vscode/launch.json'))).toMatchObject({
      configurations: [{ name: 'api-gateway' }, { name: 'item-service', port: inspectPortOf(50_051) }],
    });
    expect(system.broker).toMatchObject({ mode: 'external', address });
    expect(system.services[1]).toMatchObject({ database: { driver: 'postgres' }, port: 50_051 });
    expect(system.topics.map(({ name }) => name)).toEqual(['item.created', 'item.updated', 'item.deleted']);
    expect(read('proto/item.proto')).toContain('package garden.item.v1;');
    expect(read('services/api-gateway/src/app.module.ts')).not.toMatch(/User|Product|Order/);
    expect(read('services/api-gateway/src/app.module.ts')).toContain('ItemResolver');
    expect(missingFromLock(read('package-lock.json'))).toEqual([]);
    expect(JSON.parse(read('tsconfig.json'))).toMatchObject({
      references: [{ path: 'tsconfig.test.json' }, { path: 'services/item-service' }],
    });
    expect(read('services/api-gateway/tsconfig.json')).not.toContain('references');
  });

  it.each(['shop', 'empty'] as const)(
    'refers to our packages by file, whatever their version (%s)',
    async (variant) => {
      const newer = { ...kit, vendored: kit.vendored.map(withNewerVersion) };
      await make({ variant, first: variant === 'empty' && defaultFirst }, {}, newer);
      expectVendored(join(place, 'garden'), '9.9.9');
    },
  );

  it('is the same with recorded formats', async () => {
    const { longest, formats } = await recordFormats({ ...kit, lock: {} });
    const request = { variant: 'empty', database: 'postgres', first: defaultFirst } as const;
    for (const name of ['garden', 'my-own-garden', 'g'.repeat(longest)]) {
      const known = new Map(Object.entries(formats));
      const [plain, fast] = [join(place, name, 'plain'), join(place, name, 'fast')];
      await make({ ...request, name }, { folder: plain });
      await make({ ...request, name }, { folder: fast }, { ...kit, formats: known });
      expect(known.size).toBe(Object.keys(formats).length);
      expect(tree(fast)).toEqual(tree(plain));
    }
  });

  it('records each generated file in the ledger', async () => {
    await make({ variant: 'empty', first: defaultFirst });
    const { files, slices } = parseLedger(read('.msx/ledger.json'));
    expect(Object.keys(slices)).toEqual(expect.arrayContaining(['system', 'service item-service']));
    for (const [path, { hash }] of Object.entries(files)) {
      const base = unpackBase(readFileSync(join(place, 'garden', `.msx/base/${hash}.gz`)));
      expect([path, hashOf(base)]).toEqual([path, hash]);
      expect([path, withoutSections(read(path))]).toEqual([path, withoutSections(base)]);
    }
  });

  it('contains msx, the gateway and the runtime as npm would pack them', async () => {
    await make();
    const vendor = join(place, 'garden/vendor');
    const archives = readdirSync(vendor);
    expect(archives.map((name) => name.replace(/-\d.*/, ''))).toEqual([
      'msx-cli',
      'msx-gateway',
      'msx-runtime',
    ]);
    const { stdout } = await execa('tar', ['tzf', join(vendor, archives[0]!)]);
    const names = stdout.split('\n');
    for (const file of ['package.json', 'bin/run.js', 'dist/main.js', 'templates/lock.json'])
      expect(names).toContain(`package/${file}`);
    expect(
      names.filter(
        (name) =>
          /node_modules|\/src\/main\.ts$|\.test\.ts$|dist\/types|dist\/\.built/.test(name) &&
          !/templates/.test(name),
      ),
    ).toEqual([]);
  });

  it('becomes a git repository with one commit, unless it is created inside one', async () => {
    const author = {
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_AUTHOR_EMAIL: 'a@example.com',
    };
    Object.assign(process.env, author, { GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'a@example.com' });
    expect((await make({}, { git: true })).repository).toBe('made');
    expect(gitIn(join(place, 'garden'), 'status', '--porcelain')).toBe('');
    expect(gitIn(join(place, 'garden'), 'ls-files').split('\n')).toEqual(
      expect.arrayContaining(['.msx/ledger.json', 'package-lock.json']),
    );
    const inside = join(place, 'garden/another');
    expect((await make({}, { git: true, folder: inside })).repository).toBe('around');
    expect(existsSync(join(inside, '.git'))).toBe(false);
  });
});

describe('nothing is created, and nothing is left,', () => {
  afterEach(() => expect(readdirSync(place).filter((name) => name !== 'taken')).toEqual([]));

  it.each([
    ['class', '"class" is a reserved word in JavaScript'],
    ['gärten', '"ä" is neither a letter'],
    ['1st', 'it does not begin with a letter'],
    ['msx', 'it is the name of the command'],
  ])('for the name %s', async (name, reason) => {
    await expect(make({ name })).rejects.toMatchObject({
      code: 'NAME_INVALID',
      facts: { reason: expect.stringContaining(reason) },
    });
  });

  it('in an existing or an impossible place', async () => {
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

  it('without git', async () => {
    await withEnvironment({ PATH: place }, () =>
      expect(make({}, { git: true })).rejects.toMatchObject({ code: 'GIT_FAILED' }),
    );
  });

  it('when interrupted', async () => {
    const aborted = new AbortController();
    aborted.abort();
    await expect(make({}, { interrupted: aborted.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
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

  it('when its first service is invalid', async () => {
    const first = { ...defaultFirst, fields: 'price:mony' };
    await expect(make({ variant: 'empty', first })).rejects.toMatchObject({ code: 'FIELDS_INVALID' });
  });

  it('when its packages cannot be installed', async () => {
    const cache = join(tmpdir(), `msx-no-cache-${process.pid}`);
    const offline = {
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_offline: 'true',
      npm_config_cache: cache,
    };
    try {
      await withEnvironment(offline, () =>
        expect(make({}, { install: true })).rejects.toMatchObject({ code: 'INSTALL_FAILED' }),
      );
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  });
});

describe('the templates', () => {
  it('leave no exemplar name in a system, and contain each file once', () => {
    for (const variant of ['empty', 'shop'] as const) {
      const files = systemFiles({ ...defaultRequest, variant }, kit);
      expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
      expect(files.filter(({ text }) => /\bvillage\b/.test(text)).map(({ path }) => path)).toEqual([]);
      expect(files.filter(({ path }) => /(^|\/)(gen|dist|node_modules)\//.test(path))).toEqual([]);
    }
  });
});

/** Dependencies of workspaces that are missing from the lock file, which makes `npm ci` fail. */
function missingFromLock(text: string): string[] {
  const { packages } = JSON.parse(text) as { packages: Record<string, Record<string, object | undefined>> };
  const workspaces = Object.entries(packages).filter(([place]) => !place.includes('node_modules/'));
  expect(workspaces.map(([place]) => place)).toContain('services/item-service');
  return workspaces.flatMap(([place, { dependencies, devDependencies }]) =>
    Object.keys({ ...dependencies, ...devDependencies })
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`])
      .map((name) => `${place}: ${name}`),
  );
}
