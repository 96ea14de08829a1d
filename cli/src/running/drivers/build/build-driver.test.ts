import { afterAll, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identityOf } from '../../processes/process-table.js';
import { BuildDriver } from './build-driver.js';
import type { Spec } from '../../engine/spec.js';

const folder = mkdtempSync(join(tmpdir(), 'msx-build-'));
const pidFile = join(folder, 'pid');
afterAll(() => rmSync(folder, { recursive: true }));

/** A compiler that does not end with its build. */
const COMPILER = `
  process.on('SIGTERM', () => {});
  require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
  setInterval(() => {}, 1000);
`;
const BUILD = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(COMPILER)}])`;

const spec: Spec = {
  name: 'build:one',
  kind: 'task',
  needs: [],
  calls: [],
  run: {
    driver: 'build',
    cwd: folder,
    argv: [process.execPath, '-e', BUILD],
    argument: 'one',
    env: {},
    log: join(folder, 'build.log'),
  },
};

it('ends the compiler, too, before it reports that a build was cancelled', async () => {
  let reported: (outcome: string) => void;
  const outcome = new Promise<string>((resolve) => (reported = resolve));
  const driver = new BuildDriver(({ kind }) => reported(kind), 'token');
  driver.start(spec, 1);
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await pause(10);
  const compiler = Number(readFileSync(pidFile, 'utf8'));
  driver.stop(spec.name);
  expect(await outcome).toBe('failed');
  expect(identityOf(compiler)).toBeUndefined();
});
