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

  const program = (env: Record<string, string> = {}) => ({
    cwd: folder,
    argv: [process.execPath, 'main.js'],
    env: { PATH: process.env['PATH']!, ...env },
  });

  async function loaded(): Promise<Standby> {
    const fd = openSync(join(folder, 'out'), 'a');
    const preload = { packages: ['spring', 'no-such-package'], installedBy: installedBy() };
    standby = new Standby(program(), preload, fd);
    closeSync(fd);
    while (output() !== 'spring loaded\n') await pause(10);
    return standby;
  }

  it('has loaded its packages, and runs the current program when it is released', async () => {
    const standby = await loaded();
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const code =
      "import { coils } from 'spring'; const [begun] = performance.getEntriesByName('msx: program begins');" +
      'console.log(coils, process.env.MSX_PRELOAD, process.argv.length, begun.startTime > 0);';
    writeFileSync(join(folder, 'main.js'), code);
    await once(standby.release(program())!, 'exit');
    expect(output()).toBe('spring loaded\n7 undefined 2 true\n');
  });

  it('is not used for a program with another environment', async () => {
    expect((await loaded()).release(program({ PORT: '1' }))).toBeUndefined();
  });

  it('is not used when its packages have been replaced, or it has died', async () => {
    const stale = await loaded();
    writeFileSync(installedBy(), 'newer');
    expect(stale.release(program())).toBeUndefined();
    writeFileSync(join(folder, 'out'), '');
    rmSync(installedBy());
    const fresh = await loaded();
    fresh.end();
    while (fresh.release(program()) !== undefined) await pause(10);
    expect(output()).toBe('spring loaded\n');
  });
});
