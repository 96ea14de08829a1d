import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { gitIn } from '../cli/src/code/git/git.fixture.js';
import { releaseChangelog } from '../scripts/release/changelog.js';
import { nextVersion } from '../scripts/release/next-version.js';
import { workspaces } from '../scripts/published-packages.mjs';

const root = join(import.meta.dirname, '..');

describe('the version of a release', () => {
  it.each([
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
    ['1.10.0', '1.10.0'],
  ])('%s is after 1.2.3: %s', (request, version) => {
    expect(nextVersion('1.2.3', request)).toBe(version);
  });

  it.each(['1.2.3', '1.2.2', '0.9.9', '1.2', 'v2.0.0', 'mayor', '1.2.3-beta', '01.2.4'])(
    '%s is refused after 1.2.3',
    (request) => expect(() => nextVersion('1.2.3', request)).toThrow(request),
  );
});

describe('the changelog of a release', () => {
  const release = { version: '1.1.0', date: '2030-01-02' };

  it('moves unreleased changes under the version', () => {
    const before =
      '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A $1 thing.\n\n## [1.0.0] - 2029-01-01\n\nFirst.\n';
    expect(releaseChangelog(before, release)).toBe(
      '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2030-01-02\n\n### Added\n\n- A $1 thing.\n\n## [1.0.0] - 2029-01-01\n\nFirst.\n',
    );
  });

  it('is refused when there are no unreleased changes', () => {
    const empty = '# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2029-01-01\n\nFirst.\n';
    expect(() => releaseChangelog(empty, release)).toThrow('nothing under [Unreleased]');
  });
});

describe('the version of this repository', () => {
  it('is the one in package.json, everywhere', () => {
    const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as { version: string };
    const { version } = read('package.json');
    const files = ['lerna.json', ...workspaces(root).map((folder) => `${folder}/package.json`)];
    expect(files.map((file) => [file, read(file).version])).toEqual(files.map((file) => [file, version]));
  });
});

describe('npm run release', () => {
  let work: string;
  let clone: string;
  const release = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'cli/node_modules/.cache/release-test.mjs'), ...args], {
      cwd: clone,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        ...{ GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.com' },
        ...{ GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@example.com' },
      },
      encoding: 'utf8',
      timeout: 60_000,
    });
  const head = () => gitIn(clone, 'rev-parse', 'HEAD');

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'msx-release-'));
    clone = join(work, 'clone');
    const files = gitIn(root, 'ls-files').split('\n');
    for (const file of files.filter((each) =>
      /(^|\/)package(-lock)?\.json$|^(lerna\.json|CHANGELOG\.md)$/.test(each),
    )) {
      mkdirSync(dirname(join(clone, file)), { recursive: true });
      cpSync(join(root, file), join(clone, file));
    }
    gitIn(clone, 'init', '--quiet');
    gitIn(clone, 'add', '--all');
    gitIn(clone, 'commit', '--quiet', '--message', 'all of it');
    await build({
      entryPoints: [join(root, 'scripts/release/main.ts')],
      outfile: join(root, 'cli/node_modules/.cache/release-test.mjs'),
      ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' },
    });
  });

  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('refuses a tree with changes', () => {
    const before = head();
    writeFileSync(join(clone, 'notes.txt'), '');
    expect(release('9.9.9')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('uncommitted changes'),
    });
    rmSync(join(clone, 'notes.txt'));
    expect(head()).toBe(before);
  });

  it('changes nothing in a dry run', () => {
    const before = head();
    const { status, stdout } = release('9.9.9', '--dry-run');
    expect([status, stdout]).toEqual([0, expect.stringContaining('→ 9.9.9')]);
    expect([head(), gitIn(clone, 'status', '--porcelain'), gitIn(clone, 'tag')]).toEqual([before, '', '']);
  });

  it('updates every version, commits and tags', () => {
    expect(release('9.9.9')).toMatchObject({ status: 0, stderr: '' });
    expect(gitIn(clone, 'log', '-1', '--format=%s %D')).toContain('release: 9.9.9');
    expect(gitIn(clone, 'tag')).toBe('v9.9.9\n');
    expect(gitIn(clone, 'status', '--porcelain')).toBe('');
    const changelog = readFileSync(join(clone, 'CHANGELOG.md'), 'utf8');
    expect(changelog).toMatch(/## \[Unreleased\]\n\n## \[9\.9\.9\] - \d{4}-\d\d-\d\d\n/);
    const old = gitIn(clone, 'grep', '--count', '"@msx/.*": "9.9.9"').trim().split('\n');
    expect(old.join('\n')).toContain('templates/system/package.json:1');
    expect(gitIn(clone, 'show', '--stat', '--format=', 'HEAD')).toContain('package-lock.json');
  });

  it('leaves a lock file that npm accepts for the packages', () => {
    const args = ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    const npm = () =>
      execFileSync('npm', args, { cwd: clone, encoding: 'utf8', stdio: 'pipe', timeout: 60_000 });
    expect(npm()).toContain('added');
    const file = join(clone, 'services/user-service/package.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"@msx/runtime": "9.9.9"', '"@msx/runtime": "9.9.8"'),
    );
    expect(npm).toThrow('npm ci');
  });

  it('refuses a release without changes, and the same version again', () => {
    gitIn(clone, 'checkout', '--quiet', '.');
    expect(release('patch').stderr).toContain('nothing under [Unreleased]');
    expect(release('9.9.9').stderr).toContain('9.9.9 is not newer than 9.9.9');
  });
});
