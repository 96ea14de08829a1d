import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msx-failed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tests that fail are named after all differences, with the first line of why', () => {
  writeFileSync(join(folder, 'broken.test.cjs'), "require('./absent.cjs');");
  writeFileSync(
    join(folder, 'some.test.cjs'),
    `it('passes', () => {});
     describe('long values', () => {
       it('differ', () => expect('a\\n'.repeat(1000).split('\\n')).toEqual([]));
       it('throw', () => { throw new Error('x'.repeat(1000)); });
     });`,
  );
  const reporters = ['default', join(root, 'scripts/failed-tests.mjs')];
  const config = { rootDir: folder, testMatch: ['**/*.test.cjs'], reporters };
  const { stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/jest/bin/jest.js'), '-i', '--config', JSON.stringify(config)],
    { cwd: folder, encoding: 'utf8', timeout: 60_000 },
  );
  const end = stderr.slice(stderr.indexOf('Ran all test suites'));
  const lines = end.split('\n').filter((line) => line && !line.startsWith('Ran all'));
  expect(lines.sort()).toEqual([
    `        Cannot find module './absent.cjs' from 'broken.test.cjs'`,
    '        Error: expect(received).toEqual(expected) // deep equality',
    `        Error: ${'x'.repeat(193)}`,
    'FAILED: broken.test.cjs: does not run',
    'FAILED: some.test.cjs: long values differ',
    'FAILED: some.test.cjs: long values throw',
  ]);
});

it('a suite that fails in CI runs a second time and is named; what fails twice fails', () => {
  const seen = join(folder, 'seen');
  const once = `const { existsSync, writeFileSync } = require('node:fs');
    it('passes the second time', () => {
      const before = existsSync(${JSON.stringify(seen)});
      writeFileSync(${JSON.stringify(seen)}, '');
      expect(before).toBe(true);
    });`;
  writeFileSync(join(folder, 'once.test.cjs'), once);
  writeFileSync(join(folder, 'fine.test.cjs'), "it('passes', () => {});");
  expect(runJest({ CI: '' })).toMatchObject({ status: 1, again: [] });
  rmSync(seen);
  expect(runJest({ CI: 'true' })).toMatchObject({ status: 0, again: ['once.test.cjs'] });
  writeFileSync(join(folder, 'fine.test.cjs'), "it('fails', () => expect(1).toBe(2));");
  expect(runJest({ CI: 'true' })).toMatchObject({ status: 1, again: ['fine.test.cjs'] });
});

/** `again`: the suites that ran a second time */
function runJest(variables: Record<string, string>) {
  const reporters = ['default', join(root, 'scripts/failed-tests.mjs')];
  const config = { rootDir: folder, testMatch: ['**/*.test.cjs'], reporters };
  const { status, stdout } = spawnSync('bash', ['scripts/jest.sh', '--config', JSON.stringify(config)], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, SKIPPED_TESTS: undefined, ...variables },
    timeout: 60_000,
  });
  const again = stdout.split('\n').filter((line) => line.startsWith('FAILED ONCE: '));
  return { status, again: again.map((line) => basename(line)) };
}
