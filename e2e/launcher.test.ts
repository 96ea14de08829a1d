import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShopCopy, finished, repository } from './shop-copy.fixture.js';

jest.setTimeout(300_000);

const run = (launcher: string, args: string[], cwd: string) =>
  finished(spawn(launcher, args, { cwd, env: { ...process.env, NO_COLOR: '1', NODE_OPTIONS: '' } }));

/** What of the command's own sources a clone has before anything is built. */
function copyCommand(root: string): void {
  for (const folder of ['bin', 'cli/bin', 'cli/src', 'broker/src'])
    cpSync(join(repository, folder), join(root, folder), { recursive: true });
  for (const file of ['build.mjs', 'bundled-packages.mjs', 'package.json', 'msx.schema.json'])
    cpSync(join(repository, 'cli', file), join(root, 'cli', file));
  if (existsSync(join(repository, 'cli/node_modules')))
    symlinkSync(join(repository, 'cli/node_modules'), join(root, 'cli/node_modules'));
}

describe('bin/msx in a clone in which nothing is built', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
    copyCommand(shop.root);
    for (const service of ['user-service', 'product-service', 'order-service', 'api-gateway'])
      for (const made of ['dist', 'src/gen'])
        rmSync(join(shop.root, 'services', service, made), { recursive: true, force: true });
  });
  afterAll(() => shop?.destroy());

  it('builds itself and the services, and starts the system', async () => {
    const { code, stdout, stderr } = await run('./bin/msx', ['dev', 'start', '--timeout', '150'], shop.root);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain(`http://localhost:${shop.port}/graphql`);
    expect(existsSync(join(shop.root, 'cli/dist/main.js'))).toBe(true);
  });

  it('is the same from a folder of the system, and through links to it', async () => {
    const links = join(shop.root, 'links');
    mkdirSync(links);
    symlinkSync('../bin/msx', join(links, 'relative'));
    symlinkSync(join(links, 'relative'), join(links, 'msx'));
    const { code, stdout } = await run(join(links, 'msx'), ['dev', 'stop'], join(shop.root, 'services'));
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^stopped /) });
  });
});

it('bin/msx does not bundle another release of a package in the place of one that was removed', async () => {
  const clone = mkdtempSync(join(tmpdir(), 'msx-clone-'));
  try {
    copyCommand(clone);
    symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
    // As after `lerna clean`, which removes the packages of packages; those of the root stay.
    const own = join(repository, 'cli/node_modules');
    rmSync(join(clone, 'cli/node_modules'));
    mkdirSync(join(clone, 'cli/node_modules'));
    for (const name of readdirSync(own).filter((each) => each !== 'execa'))
      symlinkSync(join(own, name), join(clone, 'cli/node_modules', name));
    const { code, stdout, stderr } = await run(join(clone, 'bin/msx'), ['ports'], clone);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /@msx\/cli needs execa \^9\S+, but .*\/node_modules\/execa has 5\.\S+\n→ .*npm ci/,
    );
    expect(existsSync(join(clone, 'cli/dist'))).toBe(false);
  } finally {
    rmSync(clone, { recursive: true });
  }
});

it('bin/msx says what to do before npm ci', async () => {
  const clone = mkdtempSync(join(tmpdir(), 'msx-clone-'));
  try {
    cpSync(join(repository, 'bin'), join(clone, 'bin'), { recursive: true });
    const { code, stderr } = await run(join(clone, 'bin/msx'), ['dev', 'start'], clone);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/run npm ci in .*msx-clone-/),
    });
  } finally {
    rmSync(clone, { recursive: true });
  }
});
