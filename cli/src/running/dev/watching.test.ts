import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../../code/git/git.fixture.js';
import { SAVES } from '../watching/saves.fixture.js';
import { loadSystem } from '../../model/system/load-system.js';
import { systemAsRunning } from './system-as-running.js';
import { ToySystem, until } from './toy-system.fixture.js';

let toys: ToySystem;

beforeEach(async () => {
  toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
  toys.edit('alpha', (source) => `${source}process.stdout.write('save 0\\n');\n`);
  writeFileSync(join(toys.root, '.gitignore'), 'dist\ngen\nlogs\n.msx\nnode_modules\n*.mjs\n');
  const git = (...args: string[]) => gitIn(toys.root, ...args);
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'all');
});
afterEach(() => toys.destroy());

const pidOf = async (name: string) => (await toys.view(name)).pid;
const textOf = (file: string) =>
  existsSync(join(toys.root, file)) ? readFileSync(join(toys.root, file), 'utf8') : undefined;
const saveIn = (file: string) => /save \d+/.exec(readFileSync(file, 'utf8'))![0];
const changeModel = (change: (model: typeof toys.model) => void): void => {
  const model = structuredClone(toys.model);
  change(model);
  // As editors do.
  const file = join(toys.root, 'msx.yaml');
  writeFileSync(`${file}~`, JSON.stringify(model));
  renameSync(`${file}~`, file);
};

describe('with --watch', () => {
  it('the latest save runs, however it was made', async () => {
    await toys.report('dev', 'start', '--watch');
    const file = toys.source('alpha');
    for (const round of [1, 2])
      for (const [way, save] of Object.entries(SAVES)) {
        const from = toys.readLog('alpha').length;
        const before = saveIn(file);
        save(file);
        if (saveIn(file) === before) continue;
        await until(
          () => toys.readLog('alpha').slice(from),
          (log) => log.includes(`${saveIn(file)}\n`),
        ).catch((error: unknown) => expect(`${way}, round ${round}: ${String(error)}`).toBe('noticed'));
      }
    const { processes } = await toys.report('dev', 'status');
    expect(processes.map(({ stale, state }) => ({ stale, state }))).toEqual(
      Array(2).fill({ stale: false, state: 'ready' }),
    );
  }, 120_000);

  it('a change without an event is noticed on the disk', async () => {
    await toys.report('dev', 'start', '--watch');
    // The watcher ignores folders whose names start with a dot, but a build reads them.
    mkdirSync(join(toys.root, 'alpha/src/.silent'));
    writeFileSync(join(toys.root, 'alpha/src/.silent/page.html'), 'page');
    await until(() => textOf('alpha/dist/.silent/page.html') === 'page');
  });

  it('a new tsconfig.json, package.json, config and assets take effect', async () => {
    mkdirSync(join(toys.root, 'alpha/config'));
    await toys.report('dev', 'start', '--watch');
    let pid = await pidOf('alpha');
    const renewed = async (file: string, change: (text: string) => string) => {
      const path = join(toys.root, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
      pid = await until(
        () => pidOf('alpha'),
        (now) => now !== undefined && now !== pid,
      );
    };
    writeFileSync(join(toys.root, 'alpha/config/development.yaml'), 'a: 1\n');
    pid = await until(
      () => pidOf('alpha'),
      (now) => now !== undefined && now !== pid,
    );
    await renewed('alpha/config/development.yaml', () => 'a: 2\n');
    await renewed('alpha/package.json', (text) => text.replace('}', ', "version": "1.0.1" }'));
    await renewed('alpha/tsconfig.json', (text) => text.replace('ES2022', 'ES2023'));
    writeFileSync(join(toys.root, 'alpha/src/page.html'), 'one');
    await until(() => textOf('alpha/dist/page.html') === 'one');
    writeFileSync(join(toys.root, 'alpha/src/page.html'), 'two');
    await until(() => textOf('alpha/dist/page.html') === 'two');
    expect(await pidOf('beta')).toBe((await toys.view('beta')).pid);
  }, 60_000);

  it('a new msx.yaml takes effect: callers and callees are restarted, removed services are stopped', async () => {
    await toys.report('dev', 'start', '--watch');
    const pids = { alpha: await pidOf('alpha'), beta: await pidOf('beta') };
    changeModel(({ services }) => (services['beta']!.calls = []));
    for (const name of ['alpha', 'beta'] as const)
      await until(
        () => pidOf(name),
        (pid) => pid !== undefined && pid !== pids[name],
      );
    const alone = await pidOf('alpha');
    changeModel(({ services }) => delete services['beta']);
    await until(async () => (await toys.report('dev', 'status')).processes.length === 1);
    expect(await pidOf('alpha')).toBe(alone);
    changeModel(() => {});
    await until(async () => (await toys.view('beta')).phase === 'ready');
    expect(await toys.report('dev', 'status')).not.toHaveProperty('model');
  }, 60_000);

  it('an invalid msx.yaml is reported, and the system keeps running', async () => {
    const attached = toys.follow(toys.spawnMsx('dev', 'start', '--watch', '--attach'));
    await until(() => /Ctrl-C stops/.test(attached.output()));
    const pid = await pidOf('alpha');
    writeFileSync(join(toys.root, 'msx.yaml'), 'name: [');
    await until(() =>
      /msx\.yaml has changed since the start, and is not valid: msx\.yaml:1:/.test(attached.output()),
    );
    changeModel(({ services }) => (services['alpha']!.port += 1));
    await until(
      () => pidOf('alpha'),
      (now) => now !== undefined && now !== pid,
    );
    attached.child.kill('SIGINT');
    await attached.ended;
  }, 60_000);
});

describe('without --watch', () => {
  it('a changed msx.yaml is reported, and msx dev restart adopts it', async () => {
    await toys.report('dev', 'start');
    const { port } = toys.system.services[0]!;
    const url = async () =>
      (await toys.report('dev', 'status')).processes.find(({ name }) => name === 'alpha')!.url;
    changeModel((model) => {
      model.services['alpha']!.port = port + 1;
      Object.assign(model, { logs: { directory: 'elsewhere' } });
    });
    const { services } = await systemAsRunning(loadSystem(toys.root));
    expect(services[0]).toMatchObject({ port });
    expect(await toys.says('logs', 'alpha')).toContain('the toy is wound up');
    expect(await toys.says('dev', 'status')).toContain(
      'msx.yaml has changed since the start: msx dev restart',
    );
    expect(await url()).toBe(`127.0.0.1:${port}`);
    expect(JSON.parse((await toys.msx('ports')).output).ports).toContainEqual(
      expect.objectContaining({ port, wantedBy: 'alpha', heldBy: 'run' }),
    );
    await toys.report('dev', 'restart');
    expect(await url()).toBe(`127.0.0.1:${port + 1}`);
    expect(await toys.says('dev', 'status')).not.toContain('msx.yaml');
  });

  it('a changed config makes a service stale, and msx dev restart --stale restarts only that', async () => {
    await toys.report('dev', 'start');
    const pids = { alpha: await pidOf('alpha'), beta: await pidOf('beta') };
    mkdirSync(join(toys.root, 'alpha/config'));
    writeFileSync(join(toys.root, 'alpha/config/development.yaml'), 'a: 1\n');
    expect(await toys.says('dev', 'status')).toMatch(/alpha is stale/);
    await toys.report('dev', 'restart', '--stale');
    expect(await pidOf('alpha')).not.toBe(pids.alpha);
    expect(await pidOf('beta')).toBe(pids.beta);
    expect(await toys.says('dev', 'restart', '--stale')).toBe('nothing is stale\n');
  });
});
