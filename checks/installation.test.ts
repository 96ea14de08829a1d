import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';

const root = join(import.meta.dirname, '..');
const read = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;

/** What is installed on one platform: Linux with glibc on x64, as in CI. Other platforms differ by a few binaries. */
const PLATFORM = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const;

/** A package needs a reason to be added above this: see docs/adr/0050-packages-of-their-own.md. */
const MOST_PACKAGES = 720;

/**
 * Packages with an install script, and why it compiles and downloads nothing. Those that check a binary would fetch it only
 * if npm had been told to leave out optional packages.
 */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  '@bufbuild/buf': 'links the binary of @bufbuild/buf-linux-x64 and the like, which npm installs',
  '@parcel/watcher': 'has a binary in @parcel/watcher-linux-x64-glibc and the like; its script looks for it',
  '@swc/core': 'checks that the binary of @swc/core-linux-x64-gnu and the like can be loaded',
  esbuild: 'checks the version of the binary in @esbuild/linux-x64 and the like',
  protobufjs: 'prints a warning about version ranges',
  'unrs-resolver': 'checks that the binary of @unrs/resolver-binding-linux-x64-gnu and the like is there',
};

interface Entry {
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: string[];
  readonly cpu?: string[];
  readonly libc?: string[];
}

type Lock = { packages: Record<string, Entry> };

const packagesIn = (folder: string) =>
  Object.entries(read<Lock>(join(folder, 'package-lock.json')).packages).filter(
    ([place, { link }]) => place.includes('node_modules/') && !link,
  );

const suits = (allowed: string[] | undefined, value: string) =>
  !allowed || allowed.includes(value) || (allowed[0]!.startsWith('!') && !allowed.includes(`!${value}`));

const isInstalled = ({ optional, os, cpu, libc }: Entry) =>
  !optional || (suits(os, PLATFORM.os) && suits(cpu, PLATFORM.cpu) && suits(libc, PLATFORM.libc));

const nameOf = (place: string) => place.replace(/^.*node_modules\//, '');

/** The folders with a lock file of their own, besides the root. */
const folders = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard', '*/package-lock.json')
  .split('\n')
  .filter(Boolean)
  .map((file) => dirname(file));

describe('npm ci', () => {
  it('installs only what the shop needs to run, to be edited and to be tested', () => {
    const count = packagesIn('.').filter(([, entry]) => isInstalled(entry)).length;
    expect(count).toBeLessThanOrEqual(MOST_PACKAGES);
  });

  it('compiles and downloads nothing', () => {
    const scripted = packagesIn('.').filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = [...new Set(scripted.map(([place]) => nameOf(place)))];
    expect(names.sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
  });
});

describe('a folder with a lock file of its own', () => {
  it('is one of those in docs/adr/0050-packages-of-their-own.md, and kept up to date', () => {
    const decision = readFileSync(join(root, 'docs/adr/0050-packages-of-their-own.md'), 'utf8');
    const updates = readFileSync(join(root, '.github/dependabot.yml'), 'utf8');
    expect(folders.filter((folder) => !decision.includes(`| \`${folder}/\``))).toEqual([]);
    expect(folders.filter((folder) => !updates.includes(`- /${folder}\n`))).toEqual([]);
    expect(folders.length).toBeGreaterThan(1);
  });

  it.each(folders)('%s is not a workspace, so that npm ci leaves it alone', (folder) => {
    const { workspaces } = read<{ workspaces: string[] }>('package.json');
    expect(workspaces).not.toContain(folder);
    expect(existsSync(join(root, folder, 'package.json'))).toBe(true);
  });
});
