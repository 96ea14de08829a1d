import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runningServices } from './running-services.js';
import { ToySystem } from './toy-system.fixture.js';
import { itWhere } from '../../../../checks/skipping.fixture.js';

/** The user nobody on most systems; only root can create files that belong to it. */
const ANOTHER_USER = 65_534;
const asRoot = itWhere(process.getuid!() === 0, 'only root can make files of another user');

/** A folder that everyone may write to, like /tmp. */
let shared: string;
let systems: ToySystem[];
const create = async (ports?: number[]) => {
  const system = await ToySystem.create({ alpha: 'well' }, { logs: shared, ...(ports && { ports }) });
  systems.push(system);
  return system;
};
const link = () => join(shared, 'alpha.log');

beforeEach(() => {
  shared = mkdtempSync(join(tmpdir(), 'msx-shared-'));
  chmodSync(shared, 0o1777);
  systems = [];
});
afterEach(async () => {
  for (const system of systems) await system.destroy();
  rmSync(shared, { recursive: true, force: true });
});

describe('two clones of a system', () => {
  it('have a log each, and the name in the shared folder belongs to the one that is running', async () => {
    const [one, other] = [await create(), await create()];
    await one.report('dev', 'start');
    expect(readlinkSync(link())).toBe(one.log('alpha'));
    expect(statSync(one.log('alpha')).mode & 0o777).toBe(0o600);
    expect(statSync(one.system.logFolder).mode & 0o777).toBe(0o700);
    expect((await other.says('dev', 'start')).replaceAll('\n', ' ')).toContain(
      `alpha.log in ${shared} will still show the logs of toys in ${one.root}; those of this system are in .msx/logs`,
    );
    expect(readlinkSync(link())).toBe(one.log('alpha'));
    expect(readFileSync(link(), 'utf8').match(/wound up/g)).toHaveLength(1);
    await one.stop();
    await other.stop();
    expect((await other.report('dev', 'start')).processes[0]!.log).toBe(other.log('alpha'));
    expect(readlinkSync(link())).toBe(other.log('alpha'));
  });

  it('do not show each other’s lines', async () => {
    const [one, other] = [await create(), await create()];
    await one.start();
    expect((await one.msx('logs')).output).toContain('wound up');
    expect(await other.msx('logs')).toEqual({ code: 0, output: '' });
  });

  it('are distinguished if they have the same ports', async () => {
    const one = await create();
    const other = await create(one.ports);
    await one.start();
    const system = { name: 'toys', folder: one.root };
    const [failure, freeing] = [
      await other.failure('dev', 'start', '--free-ports'),
      await other.failure('ports', 'free', '--force'),
    ];
    for (const each of [failure, freeing])
      expect(each).toMatchObject({
        code: 'PORT_HELD',
        message: expect.stringContaining(`held by another system: toys in ${one.root} (pid `),
        suggestion: `Run msx dev stop in ${one.root} first, or msx dev start --isolated to run both at the same time.`,
      });
    expect(failure.message).toMatch(
      `ports ${one.ports.toSorted((a, b) => a - b).join(', ')} are held by another system`,
    );
    // It was told before anything was built or started.
    expect(existsSync(join(other.root, '.msx/engine.log'))).toBe(false);
    expect(JSON.parse((await other.msx('ports')).output)).toMatchObject({
      ports: [
        { heldBy: 'another system', holder: { system } },
        { heldBy: 'another system', holder: { system } },
      ],
    });
    expect((await one.view('alpha')).phase).toBe('ready');
  });

  it('do not prevent each other from resetting a database', async () => {
    const one = await create();
    const other = await create(one.ports);
    await one.start();
    expect(await runningServices(one.system, one.system.services)).toEqual(one.system.services);
    expect(await runningServices(other.system, other.system.services)).toEqual([]);
  });
});

describe('the name of a log in a shared folder', () => {
  it('replaces a file of the same user, which is kept under another name', async () => {
    writeFileSync(link(), 'precious');
    const one = await create();
    await one.start();
    expect(readlinkSync(link())).toBe(one.log('alpha'));
    expect(readFileSync(`${link()}.old`, 'utf8')).toBe('precious');
  });

  it('does not replace a folder', async () => {
    mkdirSync(link());
    await (await create()).start();
    expect(statSync(link()).isDirectory()).toBe(true);
  });

  asRoot('does not replace a file or a link of another user, and does not write through either', async () => {
    const other = join(shared, 'other');
    for (const place of [() => writeFileSync(link(), ''), () => symlinkSync(other, link())]) {
      writeFileSync(other, '');
      place();
      lchownSync(link(), ANOTHER_USER, ANOTHER_USER);
      const one = await create();
      await one.start();
      expect(readFileSync(one.log('alpha'), 'utf8')).toContain('wound up');
      expect([readFileSync(other, 'utf8'), statSync(link()).size]).toEqual(['', 0]);
      expect(readdirSync(shared)).toEqual(['alpha.log', 'other']);
      rmSync(link());
    }
  });
});

describe('a second user of the machine', () => {
  asRoot(
    'starts a system although the first user has the names of its logs, and sees only their own lines',
    async () => {
      const [one, other] = [await create(), await create()];
      await one.start();
      spawnSync('chown', ['-R', `${ANOTHER_USER}:${ANOTHER_USER}`, other.root]);
      const theirs = mkdtempSync(join(tmpdir(), 'msx-theirs-'));
      chownSync(theirs, ANOTHER_USER, ANOTHER_USER);
      const options = {
        cwd: other.root,
        uid: ANOTHER_USER,
        gid: ANOTHER_USER,
        encoding: 'utf8',
        env: { PATH: process.env['PATH']!, HOME: theirs, TMPDIR: theirs },
      } as const;
      const msx = (...args: string[]) => spawnSync(process.execPath, [other.command, ...args], options);
      try {
        expect(msx('dev', 'start')).toMatchObject({ status: 0 });
        expect(msx('logs', '--json').stdout.match(/wound up/g)).toHaveLength(1);
        expect(readlinkSync(link())).toBe(one.log('alpha'));
        await one.stop();
        expect(msx('dev', 'restart', 'alpha')).toMatchObject({ status: 0 });
      } finally {
        expect(msx('dev', 'stop')).toMatchObject({ status: 0 });
        spawnSync('chown', ['-R', '0:0', other.root]);
        rmSync(theirs, { recursive: true });
      }
    },
  );
});
