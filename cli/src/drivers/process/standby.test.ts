import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Standby } from './standby.js';

describe('a process on standby', () => {
  let folder: string;
  let standby: Standby | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-standby-'));
    const spring = join(folder, 'node_modules/spring');
    mkdirSync(spring, { recursive: true });
    writeFileSync(join(spring, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
    writeFileSync(join(spring, 'index.js'), "console.log('spring loaded'); export const coils = 7;");
  });
  afterEach(() => {
    standby?.end();
    rmSync(folder, { recursive: true });
  });

  const output = () => readFileSync(join(folder, 'out'), 'utf8');
  const installedBy = () => join(folder, 'package-lock.json');

  async function loaded(): Promise<Standby> {
    const fd = openSync(join(folder, 'out'), 'a');
    const preload = { packages: ['spring', 'no-such-package'], installedBy: installedBy() };
    const argv = [process.execPath, 'main.js'];
    standby = new Standby({ cwd: folder, argv, env: { PATH: process.env['PATH']! } }, preload, fd);
    closeSync(fd);
    while (output() !== 'spring loaded\n') await pause(10);
    return standby;
  }

  it('has loaded its packages, and runs its program as it is when told to', async () => {
    const standby = await loaded();
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const code =
      "import { coils } from 'spring'; console.log(coils, process.env.MSX_PRELOAD, process.argv.length);";
    writeFileSync(join(folder, 'main.js'), code);
    await once(standby.release()!, 'exit');
    expect(output()).toBe('spring loaded\n7 undefined 2\n');
  });

  it('is of no use when its packages have been replaced, or it has died', async () => {
    const stale = await loaded();
    writeFileSync(installedBy(), 'newer');
    expect(stale.release()).toBeUndefined();
    writeFileSync(join(folder, 'out'), '');
    rmSync(installedBy());
    const fresh = await loaded();
    fresh.end();
    while (fresh.release() !== undefined) await pause(10);
    expect(output()).toBe('spring loaded\n');
  });
});
