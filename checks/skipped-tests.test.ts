import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

describe('tests that are skipped', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-skipped-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(tests: string, ...args: string[]) {
    writeFileSync(join(folder, 'some.test.cjs'), tests);
    const reporters = [join(root, 'scripts/skipped-tests.mjs')];
    const config = { rootDir: folder, testMatch: ['**/*.test.cjs'], reporters };
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const env = { ...process.env, SKIPPED_TESTS: join(folder, 'skipped') };
    return spawnSync(process.execPath, [jest, '--config', JSON.stringify(config), ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
  }

  it('are counted by their reason, on the screen and in the file for the summary', () => {
    const { status, stderr } = run(`
      it('runs', () => {});
      it.skip('is left out (skipped: no disk)', () => {});
      describe.skip('all of this (skipped: no network)', () => { it('one', () => {}); it('two', () => {}); });
    `);
    const lines =
      'SKIPPED: 1 test in some.test.cjs: no disk\nSKIPPED: 2 tests in some.test.cjs: no network\n';
    expect([status, stderr]).toEqual([0, expect.stringContaining(lines)]);
    expect(readFileSync(join(folder, 'skipped'), 'utf8')).toBe(lines);
  });

  it('fail the run without a reason', () => {
    const { status, stderr } = run("it('runs', () => {}); it.skip('is left out', () => {});");
    expect([status, stderr]).toEqual([1, expect.stringContaining('some.test.cjs: is left out')]);
  });

  it('need no reason when a name pattern excludes them', () => {
    const { status } = run("it('runs', () => {}); it('is left out', () => {});", '--testNamePattern=runs');
    expect(status).toBe(0);
  });
});
