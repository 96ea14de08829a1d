import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../git/git.fixture.js';
import { ShopCopy, msx } from '../../shop-copy.fixture.js';
import { loadSystem } from '../../model/system/load-system.js';
import { breakingChanges } from './breaking-changes.js';
import { commit, commitAsMain } from './repository.fixture.js';

jest.setTimeout(60_000);

let shop: ShopCopy;
beforeEach(() => {
  shop = new ShopCopy();
});
afterEach(() => shop.remove());

const dropListUsers = (proto: string) => proto.replace(/^ {2}rpc ListUsers.*\n/m, '');

/** Moves the files of the copy into one of its subfolders. */
function moveSystemInto(folder: string): void {
  mkdirSync(join(shop.root, folder));
  for (const each of ['msx.yaml', 'proto', 'services', 'runtime', 'package.json', 'tsconfig.base.json'])
    renameSync(join(shop.root, each), join(shop.root, folder, each));
}

describe('in a git hook', () => {
  it.each(['', 'shop'])('of a linked worktree, breaking changes of a system in "%s" are found', (folder) => {
    if (folder) moveSystemInto(folder);
    commitAsMain(shop);
    const linked = join(shop.root, '.msx/linked');
    gitIn(shop.root, 'worktree', 'add', '--quiet', '-b', 'feature', linked);
    const hook = `#!/bin/sh\ncd "./${folder}" && exec "${process.execPath}" "${msx}" proto breaking --json\n`;
    writeFileSync(join(shop.root, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
    const proto = join(folder, 'proto/user.proto');
    writeFileSync(join(linked, proto), dropListUsers(shop.read(proto)));
    expect(() => gitIn(linked, 'commit', '--quiet', '-am', 'no lists')).toThrow('PROTO_BREAKING');
  });

  it('the comparison uses the repository of the system and ignores GIT_DIR', async () => {
    commitAsMain(shop);
    shop.edit('proto/user.proto', dropListUsers);
    const { exitCode, stdout } = await shop.msx(['proto', 'breaking', '--json'], { GIT_DIR: '.git' });
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('RPC_NO_DELETE')]);
    const schema = await shop.msx(['graphql', 'check', '--json'], { GIT_DIR: '/nowhere' });
    expect(schema.stdout).toContain('NOT_IN_GIT');
  });
});

describe('a missing baseline', () => {
  const refusal = (ref: string) => breakingChanges(shop.system, { ref });

  it('is reported, and passes only with --allow-missing', async () => {
    gitIn(shop.root, 'init', '--quiet', '--initial-branch=main');
    gitIn(shop.root, 'commit', '--quiet', '--allow-empty', '-m', 'nothing yet');
    const refused = await shop.msx(['proto', 'breaking', '--against', 'HEAD', '--json']);
    expect([refused.exitCode, JSON.parse(refused.stdout)]).toMatchObject([
      1,
      { error: { code: 'NOT_IN_GIT', details: { file: 'msx.yaml', ref: 'HEAD' } } },
    ]);
    const allowed = await shop.msx(['proto', 'breaking', '--allow-missing']);
    expect([allowed.exitCode, allowed.stdout]).toEqual([
      0,
      expect.stringMatching(/^nothing was compared: git has no msx\.yaml at main: path 'msx\.yaml'/),
    ]);
  });

  it('is a revision without the proto folder, without contracts, or without a valid model', async () => {
    commitAsMain(shop);
    const model = shop.read('msx.yaml');
    const contracts = join(shop.root, 'proto');
    cpSync(contracts, join(shop.root, '.msx/kept'), { recursive: true });
    rmSync(contracts, { recursive: true });
    commit(shop, 'no folder');
    shop.write('proto/README.md', 'soon\n');
    commit(shop, 'no contract');
    shop.write('msx.yaml', 'services: 7\n');
    commit(shop, 'no model');
    shop.write('msx.yaml', model);
    cpSync(join(shop.root, '.msx/kept'), contracts, { recursive: true });
    const files = { 'HEAD~2': 'proto', 'HEAD~1': 'proto', HEAD: 'usable msx.yaml' };
    for (const [ref, file] of Object.entries(files))
      await expect(refusal(ref)).rejects.toMatchObject({ code: 'NOT_IN_GIT', facts: { ref, file } });
    expect((await refusal('HEAD~3')).changes).toEqual([]);
  });

  it('is reported when a shallow clone lacks the commit', async () => {
    commitAsMain(shop);
    gitIn(shop.root, 'commit', '--quiet', '--allow-empty', '-m', 'one more');
    const clone = join(shop.root, '.msx/clone');
    gitIn(shop.root, 'clone', '--quiet', '--depth', '1', `file://${shop.root}`, clone);
    const system = loadSystem(clone);
    expect((await breakingChanges(system)).changes).toEqual([]);
    await expect(breakingChanges(system, { ref: 'HEAD~1' })).rejects.toMatchObject({
      code: 'REF_UNKNOWN',
      suggestion: expect.stringContaining('This clone is shallow'),
    });
  });

  it('is not caused by a sparse checkout', async () => {
    shop.write(
      'proto/deep/extra.proto',
      'syntax = "proto3";\npackage deep;\nmessage Extra { int32 a = 1; }\n',
    );
    moveSystemInto('shop');
    commitAsMain(shop);
    gitIn(shop.root, 'sparse-checkout', 'set', 'shop');
    shop.write('shop/proto/deep/extra.proto', 'syntax = "proto3";\npackage deep;\nmessage Extra {}\n');
    const { changes } = await breakingChanges(loadSystem(join(shop.root, 'shop')), { ref: 'main' });
    expect(changes.map(({ rule }) => rule)).toEqual(
      ['FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED', 'FIELD_NO_DELETE_UNLESS_NAME_RESERVED'].sort(),
    );
  });
});

describe('contracts in a submodule', () => {
  /** Moves the contracts into a repository of their own, outside the system. */
  function asSubmodule(): string {
    const origin = join(shop.root, '.msx/contracts');
    mkdirSync(join(shop.root, '.msx'));
    renameSync(join(shop.root, 'proto'), origin);
    gitIn(origin, 'init', '--quiet', '--initial-branch=main');
    gitIn(origin, 'add', '--all');
    gitIn(origin, 'commit', '--quiet', '-m', 'contracts');
    gitIn(shop.root, 'init', '--quiet', '--initial-branch=main');
    gitIn(shop.root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', origin, 'proto');
    commitAsMain(shop);
    return origin;
  }

  it('are compared with the recorded commit, and refused when that commit is missing', async () => {
    asSubmodule();
    shop.edit('proto/user.proto', dropListUsers);
    expect((await breakingChanges(shop.system)).changes).toMatchObject([{ rule: 'RPC_NO_DELETE' }]);
    gitIn(join(shop.root, 'proto'), 'checkout', '--quiet', '--orphan', 'other');
    gitIn(join(shop.root, 'proto'), 'commit', '--quiet', '-am', 'another history');
    commit(shop, 'with other contracts');
    expect((await breakingChanges(shop.system)).changes).toEqual([]);
    rmSync(join(shop.root, '.git/modules/proto/objects'), { recursive: true });
    mkdirSync(join(shop.root, '.git/modules/proto/objects/info'), { recursive: true });
    await expect(breakingChanges(shop.system)).rejects.toMatchObject({ code: 'NOT_IN_GIT' });
  });
});
