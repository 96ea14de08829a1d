import { afterAll, beforeAll, describe, expect, jest } from '@jest/globals';
import { ShopClient } from '../shop-client.fixture.js';
import { ShopCopy } from '../shop-copy.fixture.js';
import { notSaid } from './sentences.fixture.js';

jest.setTimeout(180_000);

describe('messages about a running shop, when they are not true', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
    expect(await shop.msx('dev', 'start', '--timeout', '150')).toMatchObject({ code: 0 });
  });
  afterAll(() => shop?.destroy());

  const createAdmin = (...more: string[]) => {
    const args = ['--email', 'ops@example.com', '--name', 'Operator', '--password-stdin', ...more];
    return shop.msxWith({ input: 'another-password' }, 'users', 'create-admin', ...args);
  };
  notSaid({ command: 'users create-admin', says: 'created the admin … (user …)' }, async () => {
    await new ShopClient(shop.graphql).createUser('ops@example.com');
    return createAdmin();
  });
  notSaid(
    {
      command: 'users create-admin',
      says: '… is an admin now (user …), with the new name and password; sessions ended: …',
    },
    () => createAdmin(),
  );
  notSaid({ command: 'db reset', says: '…: reset' }, async () => {
    const running = await shop.msx('db', 'reset', 'user-service', '--yes');
    const { processes } = await shop.json<{ processes: { name: string; pid: number }[] }>('dev', 'status');
    const { pid } = processes.find(({ name }) => name === 'user-service')!;
    process.kill(pid, 'SIGSTOP');
    const paused = await shop.msx('db', 'reset', 'user-service', '--yes');
    process.kill(pid, 'SIGCONT');
    return [running, paused];
  });
});
