import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy, msx } from './shop-copy.fixture.js';
import { itWhere } from '../../checks/skipping.fixture.js';

let shop: ShopCopy;
beforeEach(() => {
  shop = new ShopCopy();
});
afterEach(() => shop.remove());

const folderInsteadOf = (file: string) => {
  rmSync(join(shop.root, file), { recursive: true, force: true });
  mkdirSync(join(shop.root, file), { recursive: true });
};
const errorOf = ({ stderr }: { stderr?: unknown }) => String(stderr).split('\n→ ')[0];

describe('a system that is broken', () => {
  it.each([
    [
      'a second document',
      'name: a\nservices: {}\n---\nname: b\n',
      'msx.yaml:3:1 a second document begins here',
    ],
    ['no text at all', readFileSync(process.execPath).subarray(0, 500).toString('latin1'), 'msx.yaml:1:1 '],
    [
      'a control character',
      'name: a\nlogs: { directory: "a\\0b" }\nservices: {}',
      'msx.yaml:2:20 logs.directory',
    ],
    [
      'a merge key',
      'name: a\nservices: { b: { <<: { kind: grpc } } }',
      'msx.yaml:2:18 merge keys (<<) are not supported: write the keys out',
    ],
  ])('has %s as its msx.yaml', async (_, text, message) => {
    shop.write('msx.yaml', text);
    const { exitCode, stderr } = await shop.msx(['build']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('error CONFIG_INVALID')]);
    expect(stderr).toContain(message);
  });

  it('has a folder where a file should be', async () => {
    for (const file of ['package.json', 'msx.yaml']) {
      folderInsteadOf(file);
      expect(errorOf(await shop.msx(['render', '--check']))).toBe(
        `error FILE_UNUSABLE: cannot use ${shop.root}/${file}: it is a folder`,
      );
    }
  });

  it('has invalid JSON', async () => {
    shop.write('package.json', '{ "name": }');
    expect(errorOf(await shop.msx(['render', '--check']))).toMatch(
      /^error FILE_INVALID: package\.json:1:11 is not valid JSON: value expected/,
    );
  });

  it('has a record of its last run that is damaged', async () => {
    for (const text of ['{', 'null', '{"engine":{},"token":"","socket":"","processes":7,"containers":[]}']) {
      shop.write('.msx/run.json', text);
      expect(await shop.msx(['dev', 'status'])).toMatchObject({ exitCode: 0, stdout: 'nothing is running' });
    }
  });

  it('has no service', async () => {
    shop.write('msx.yaml', 'name: a\nservices: {}\n');
    expect((await shop.msx(['render'])).exitCode).toBe(0);
  });
});

describe('surroundings that are broken', () => {
  it('are a folder that has been deleted', async () => {
    const script = `mkdir gone && cd gone && rmdir ../gone && exec "${process.execPath}" "${msx}" build`;
    // Node fails in such a folder before msx runs if it records coverage.
    const env = { NODE_V8_COVERAGE: '' };
    const run = await execa('sh', ['-c', script], { cwd: shop.root, reject: false, env });
    expect([run.exitCode, errorOf(run)]).toEqual([
      2,
      'error FOLDER_GONE: the current folder no longer exists',
    ]);
  });

  const full = itWhere(existsSync('/dev/full'), 'this system has no /dev/full');
  full('are a full disk behind standard output', async () => {
    const script = `exec "${process.execPath}" "${msx}" events list > /dev/full`;
    const run = await execa('sh', ['-c', script], { cwd: shop.root, reject: false });
    expect([run.exitCode, errorOf(run)]).toEqual([
      1,
      'error DISK_FULL: no space is left on the disk of standard output',
    ]);
  });

  it('are an environment without a home and a terminal', async () => {
    const run = await shop.msx(['events', 'list'], { HOME: '', TERM: '', NO_COLOR: '%' });
    expect(run.exitCode).toBe(0);
  });

  it.each([
    [
      { KAFKA_BROKERS: 'nonsense' },
      ['topics', 'list'],
      /^error USAGE: --brokers \(or KAFKA_BROKERS\) must be/,
    ],
    [{ MSX_TOKEN: 'a\nb' }, ['gql', '{ a }'], /^error USAGE: --token \(or MSX_TOKEN\) must be/],
    [{ TAG: 'a b' }, ['docker', 'build'], /^error USAGE: --tag \(or TAG\) must be/],
    [{ DOCKER_HOST: 'tcp://a:b' }, ['docker', 'ps'], /^error DOCKER_UNAVAILABLE: /],
  ])('are the environment %j', async (environment, line, message) => {
    expect(errorOf(await shop.msx(line, environment))).toMatch(message);
  });

  it('are arguments that would write on the terminal', async () => {
    const { stderr } = await shop.msx(['build', '\u001b[2Jx\u001b[31m\u0007']);
    expect(stderr).toContain('no service "\\x1b[2Jx\\x07" in msx.yaml');
  });
});
