/**
 * npm run release -- <version|major|minor|patch> [--dry-run]
 *
 * Sets the version of all packages, the lock file and the templates, moves the unreleased changes in CHANGELOG.md to it,
 * commits and tags. It does not push or publish.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { git } from '../../cli/src/code/git/git.js';
import { publishedPackages } from '../published-packages.mjs';
import { releaseChangelog } from './changelog.js';
import { nextVersion } from './next-version.js';
import { versionedFiles } from './versioned-files.js';

const root = process.cwd();

try {
  await release();
} catch (error) {
  console.error(`not released: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function release() {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [request] = positionals;
  if (!request || positionals.length > 1)
    throw new Error('name exactly one version: npm run release -- <version|major|minor|patch> [--dry-run]');
  const { version: current } = JSON.parse(read('package.json')) as { version: string };
  const version = nextVersion(current, request);
  await requireCleanTree(`v${version}`);
  const changes = await changesFor(version);
  console.log(`${current} → ${version}`);
  for (const file of changes.keys()) console.log(`  ${file}`);
  if (values['dry-run']) return console.log('nothing was changed: this was a dry run');
  for (const [file, text] of changes) writeFileSync(join(root, file), text);
  await gitOutput('add', '--', ...changes.keys());
  await gitOutput('commit', '--quiet', '--message', `release: ${version}`);
  await gitOutput('tag', '--annotate', `v${version}`, '--message', `msx ${version}`);
  const names = publishedPackages(root).map(({ folder }) => `--workspace ${folder}`);
  console.log(`committed and tagged v${version}; to publish it:`);
  console.log(`  git push --follow-tags\n  npm publish ${names.join(' ')}`);
}

/** A release contains only committed changes. */
async function requireCleanTree(tag: string) {
  if (await gitOutput('status', '--porcelain'))
    throw new Error('the working tree has uncommitted changes; commit or stash them');
  if (await gitOutput('tag', '--list', tag)) throw new Error(`the tag ${tag} already exists`);
}

/** @returns only the files whose text changes */
async function changesFor(version: string): Promise<Map<string, string>> {
  const files = (await gitOutput('ls-files')).split('\n');
  const date = new Date().toISOString().slice(0, 10);
  const all = versionedFiles(root, version, files);
  all.set('CHANGELOG.md', releaseChangelog(read('CHANGELOG.md'), { version, date }));
  return new Map([...all].filter(([file, text]) => text !== read(file)));
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

async function gitOutput(...args: string[]): Promise<string> {
  const { ok, stdout, reason } = await git(root, args);
  if (!ok) throw new Error(`git ${args[0]}: ${reason}`);
  return stdout;
}
