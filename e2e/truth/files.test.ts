import { afterAll, beforeAll, describe, expect, jest } from '@jest/globals';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../../cli/src/code/git/git.fixture.js';
import { keyFilesOf } from '../../cli/src/model/system/key-files.js';
import { ShopCopy } from '../shop-copy.fixture.js';
import { notSaid } from './sentences.fixture.js';

jest.setTimeout(120_000);

describe('messages about files, when they are not true', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
    expect(await shop.msx('build')).toMatchObject({ code: 0 });
    await shop.msx('render');
    await shop.msx('graphql', 'schema', '--write');
    const git = (...args: string[]) => gitIn(shop.root, ...args);
    git('init', '--quiet', '--initial-branch=main');
    git('commit', '--quiet', '--allow-empty', '--message', 'before there were contracts');
    git('tag', 'empty');
    git('add', 'proto', 'msx.yaml', 'services/api-gateway/schema.graphql');
    git('commit', '--quiet', '--message', 'contracts');
  });
  afterAll(() => shop?.destroy());

  const path = (file: string) => join(shop.root, file);
  const read = (file: string) => readFileSync(path(file), 'utf8');

  /** Runs `work` while a file has other content, and restores it afterwards. */
  async function whileChanged<T>(file: string, change: (text: string) => string, work: () => Promise<T>) {
    const before = read(file);
    writeFileSync(path(file), change(before));
    return work().finally(() => writeFileSync(path(file), before));
  }
  const whileLonger = (file: string, more: string, ...args: string[]) =>
    whileChanged(
      file,
      (text) => `${text}\n${more}\n`,
      () => shop.msx(...args),
    );

  /** Runs msx once with a file emptied and once with it deleted, and expects it to be generated again. */
  async function regenerated(file: string, ...args: string[]) {
    const before = read(file);
    const runs = [];
    for (const spoil of [() => writeFileSync(path(file), ''), () => rmSync(path(file))]) {
      spoil();
      runs.push(await shop.msx(...args));
      expect(read(file)).toBe(before);
    }
    return runs;
  }

  const main = 'services/user-service/src/main.ts';
  const built = 'services/user-service/dist/main.js';
  const contract = 'proto/user.proto';

  notSaid({ command: 'build', says: 'built … in … s' }, () =>
    whileLonger(main, `export const wrong: number = 'x';`, 'build', 'user-service'),
  );
  notSaid({ command: 'build', says: 'everything is up to date' }, async () => {
    await shop.msx('build', 'user-service');
    expect(read(built)).not.toContain('wrong');
    return regenerated(built, 'build', 'user-service');
  });
  notSaid({ command: 'config check', says: 'nothing is missing for …' }, () =>
    shop.msx('config', 'check', '--env', 'production'),
  );
  notSaid({ command: 'graphql check', says: 'nothing has changed since …' }, () =>
    whileChanged(
      'services/api-gateway/src/resolvers/user.resolver.ts',
      (text) => text.replaceAll('usersCount', 'usersNumber'),
      () => shop.msx('graphql', 'check'),
    ),
  );
  notSaid({ command: 'graphql schema', says: '… is up to date' }, () =>
    whileLonger('services/api-gateway/schema.graphql', '# more', 'graphql', 'schema', '--write'),
  );
  notSaid({ command: 'keys generate', says: '… signs from now on' }, async () => {
    const { public: published } = keyFilesOf(shop.root);
    await shop.msx('keys', 'generate');
    rmSync(published);
    mkdirSync(join(published, 'a folder'), { recursive: true });
    const runs = [await shop.msx('keys', 'generate', '--force'), await shop.msx('keys', 'rotate')];
    rmSync(published, { recursive: true });
    return runs;
  });
  notSaid({ command: 'proto breaking', says: 'no breaking changes since …' }, async () => [
    await whileChanged(
      contract,
      (text) => text.replace(/rpc CountUsers.*/, ''),
      () => shop.msx('proto', 'breaking'),
    ),
    await shop.msx('proto', 'breaking', '--against', 'empty'),
    await shop.msxWith({ env: { GIT_DIR: '/nowhere' } }, 'proto', 'breaking', '--against', 'nothing'),
  ]);
  notSaid({ command: 'proto format', says: 'the contracts are formatted' }, () =>
    whileChanged(
      contract,
      (text) => text.replace('service UserService', 'service   UserService'),
      () => shop.msx('proto', 'format', '--check'),
    ),
  );
  notSaid({ command: 'proto gen', says: 'generated …' }, () =>
    whileLonger(contract, 'message {', 'proto', 'gen'),
  );
  notSaid({ command: 'proto gen', says: 'all stubs are up to date' }, () =>
    regenerated('services/user-service/src/gen/user.ts', 'proto', 'gen'),
  );
  notSaid({ command: 'proto lint', says: 'the contracts are clean' }, () =>
    whileLonger(contract, 'message bad_name {}', 'proto', 'lint'),
  );
  notSaid({ command: 'render', says: 'everything is up to date' }, () =>
    whileLonger('docker-compose.yml', '# more', 'render', '--check'),
  );
  notSaid({ command: 'render', says: 'wrote …' }, async () => {
    rmSync(path('docker-compose.yml'));
    mkdirSync(path('docker-compose.yml'));
    const run = await shop.msx('render');
    rmSync(path('docker-compose.yml'), { recursive: true });
    return run;
  });
  notSaid({ command: 'pack', says: 'packed …: … files in …' }, async () => {
    writeFileSync(path('packed'), 'no folder');
    return [
      await shop.msx('pack', 'user-service', '--output', 'packed'),
      await whileLonger(main, `export const wrong: number = 'x';`, 'pack', 'user-service', '-o', 'other'),
    ];
  });
  notSaid({ command: 'db migrate', says: '…: applied …' }, async () => {
    mkdirSync(path('services/user-service/users.db'), { recursive: true });
    const run = await shop.msx('db', 'migrate', 'user-service');
    rmSync(path('services/user-service/users.db'), { recursive: true });
    return run;
  });
  notSaid({ command: 'db migrate', says: '…: up to date' }, () => shop.msx('db', 'migrate', 'user-service'));
  notSaid({ command: 'db diff', says: '…: the migrations make all that the entities need' }, () =>
    whileChanged(
      'services/user-service/src/session/session.entity.ts',
      (text) => text.replace("name: 'proof_hash'", "name: 'proof'"),
      () => shop.msx('db', 'diff', 'user-service', '--check'),
    ),
  );
  const spoiltSeed = () =>
    whileChanged(
      'services/product-service/src/seeds/products.seed.ts',
      (text) => text.replace("name: 'Cup'", "name: ''"),
      () => shop.msx('db', 'seed', 'product-service'),
    );
  notSaid({ command: 'db seed', says: '…: created …' }, spoiltSeed);
  notSaid({ command: 'db seed', says: '…: created …; already there: …' }, spoiltSeed);
  notSaid({ command: 'db seed', says: '…: nothing to create; already there: …' }, () =>
    shop.msx('db', 'seed', 'product-service'),
  );
  notSaid({ command: 'db lint', says: '…: no migration locks a large table' }, () =>
    whileChanged(
      'services/user-service/src/migrations/index-users.ts',
      (text) => text.replace('readonly transaction = false;', ''),
      () => shop.msx('db', 'lint'),
    ),
  );
  notSaid({ command: 'db rollback', says: '…: nothing to roll back' }, async () => {
    await shop.msx('db', 'migrate', 'user-service');
    return shop.msx('db', 'rollback', 'user-service', '--yes');
  });
  notSaid({ command: 'db rollback', says: '…: rolled back …' }, () =>
    whileChanged(
      'services/user-service/src/migrations/prove-sessions.ts',
      (text) =>
        text.replace("await runner.dropColumn('sessions', PROOF)", "await runner.dropTable('nowhere')"),
      async () => {
        await shop.msx('db', 'migrate', 'user-service');
        return shop.msx('db', 'rollback', 'user-service', '--yes');
      },
    ),
  );

  describe('about generated code', () => {
    const generate = (...more: string[]) =>
      shop.msx('generate', 'service', 'inventory', '--entity', 'Item', '--fields', 'sku:string!', ...more);
    const rules = 'services/inventory/src/item/item.rules.ts';

    notSaid({ command: 'generate service', says: '…, on port …' }, async () => {
      writeFileSync(path('services/inventory'), 'no folder');
      const run = await generate();
      rmSync(path('services/inventory'));
      return run;
    });
    notSaid({ command: 'diff', says: 'everything is as msx wrote it' }, async () => {
      const before = await shop.msx('diff');
      expect(await generate()).toMatchObject({ code: 0 });
      return [before, await whileLonger(rules, '// more', 'diff')];
    });
    notSaid({ command: 'generate', says: 'everything is already generated' }, () =>
      whileLonger(rules, '// more', 'destroy', 'service', 'inventory', '--dry-run'),
    );
    notSaid(
      {
        command: 'generate service',
        says: 'The system is running, so the service is starting: see msx dev status.',
      },
      generate,
    );
  });
});
