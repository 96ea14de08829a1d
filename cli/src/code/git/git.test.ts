import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from './git-environment.js';
import { gitIn } from './git.fixture.js';
import { git } from './git.js';

/** The variables that git sets for a hook: all that it lists as local to a repository. */
function hookEnvironment(): NodeJS.ProcessEnv {
  const local = gitIn('.', 'rev-parse', '--local-env-vars').trim().split('\n');
  // Users also set this one for settings of their machine, so it is kept.
  const others = local.filter((name) => name !== 'GIT_CONFIG_COUNT');
  return Object.fromEntries(others.map((name) => [name, '/elsewhere']));
}

describe('the environment of git', () => {
  it('drops the repository of a hook, and keeps the author and the settings of the machine', () => {
    const hook = hookEnvironment();
    expect(Object.keys(hook)).toContain('GIT_DIR');
    const kept = {
      HOME: '/home/ann',
      GIT_AUTHOR_NAME: 'Ann',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'a.b',
    };
    const others = { GIT_TRACE: '1', GIT_NAMESPACE: 'x', GIT_QUARANTINE_PATH: '/q', GIT_AUTHOR_DATE: '1' };
    const fixed = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
    expect(gitEnvironment({ ...hook, ...others, ...kept })).toEqual({ ...kept, ...fixed });
  });

  it('makes git use the repository of the given folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'msx-git-'));
    const before = { ...process.env };
    try {
      gitIn(folder, 'init', '--quiet');
      Object.assign(process.env, hookEnvironment());
      expect(await git(folder, ['rev-parse', '--git-dir'])).toMatchObject({ ok: true, stdout: '.git' });
      expect(await git(tmpdir(), ['rev-parse', '--git-dir'])).toMatchObject({
        ok: false,
        reason: expect.stringContaining('not a git repository'),
      });
    } finally {
      process.env = before;
      rmSync(folder, { recursive: true });
    }
  });
});
