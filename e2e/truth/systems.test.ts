import { afterAll, beforeAll, describe, expect, jest } from '@jest/globals';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { finished, repository } from '../shop-copy.fixture.js';
import { notSaid } from './sentences.fixture.js';

jest.setTimeout(180_000);

describe('messages about new systems, when they are not true', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'msx-systems-')));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const msx = (cwd: string, ...args: string[]) => {
    // An unreachable registry, and an empty cache.
    const npm = {
      npm_config_registry: 'http://127.0.0.1:1',
      npm_config_fetch_retries: '0',
      npm_config_cache: join(folder, 'cache'),
    };
    const env = { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '', ...npm };
    const options = { cwd, env, stdio: ['ignore' as const, 'pipe' as const, 'pipe' as const] };
    return finished(spawn(process.execPath, [join(repository, 'cli/bin/run.js'), ...args], options));
  };

  notSaid({ command: 'new', says: 'Created … with ….' }, async () => {
    const run = await msx(folder, 'new', 'bookshop', '--yes', '--no-git');
    expect(run.code).toBe(1);
    expect(await readdir(folder)).not.toContain('bookshop');
    return run;
  });
  notSaid(
    { command: 'upgrade', says: 'Nothing to upgrade: this is msx …, and the system is at the same version.' },
    async () => {
      const made = await msx(folder, 'new', 'toyshop', '--yes', '--no-git', '--no-service', '--skip-install');
      expect(made).toMatchObject({ code: 0 });
      const system = join(folder, 'toyshop');
      const [first] = await readdir(join(system, 'vendor'));
      const runs = [];
      for (const spoil of [(file: string) => writeFile(file, 'else'), (file: string) => rm(file)]) {
        await spoil(join(system, 'vendor', first!));
        runs.push(await msx(system, 'upgrade', '--dry-run'));
      }
      return runs;
    },
  );
});
