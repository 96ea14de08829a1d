import { TestKeys, TestProcess } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UserRole, UserServiceService as rpc } from '../gen/user.js';

describe('SessionController', () => {
  const keys = new TestKeys();
  const password = 'correct horse battery staple';
  let service: TestProcess;

  beforeAll(async () => {
    service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url), keys.variables);
  });
  afterAll(async () => expect(await service.stop()).toBe(0));

  const signUp = async (email: string) => {
    const { user } = await service.call(rpc.createUser, { name: 'Jane', email, password });
    return user!;
  };
  const signIn = async (email: string) => (await service.call(rpc.login, { email, password })).tokens!;

  it('gives users access to their own data, and to nothing else', async () => {
    const [jane, john] = [await signUp('jane@example.com'), await signUp('john@example.com')];
    const { accessToken } = await signIn(jane.email);
    expect(await service.call(rpc.getUser, { id: jane.id }, accessToken)).toEqual({ user: jane });
    const ids = [jane.id, john.id];
    expect(await service.call(rpc.batchGetUsers, { ids }, accessToken)).toEqual({ users: [jane] });
    const forbidden = { reason: 'FORBIDDEN', kind: 'forbidden' };
    const { id } = john;
    await expect(service.call(rpc.getUser, { id }, accessToken)).rejects.toMatchObject(forbidden);
    await expect(service.call(rpc.validateUser, { id }, accessToken)).rejects.toMatchObject(forbidden);
    await expect(service.call(rpc.updateUser, { id, name: 'X' }, accessToken)).rejects.toMatchObject(
      forbidden,
    );
    await expect(service.call(rpc.listUsers, { page: 1, limit: 1 }, accessToken)).rejects.toMatchObject(
      forbidden,
    );
    await expect(service.call(rpc.countUsers, {}, accessToken)).rejects.toMatchObject(forbidden);
    await expect(service.call(rpc.getUser, { id })).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
  });

  it('lets admins do everything', async () => {
    const jim = await signUp('jim@example.com');
    expect(jim.roles).toEqual([UserRole.USER_ROLE_CUSTOMER]);
    const admin = await keys.sign({ id: 'root', roles: ['customer', 'admin'] });
    expect(await service.call(rpc.getUser, { id: jim.id }, admin)).toEqual({ user: jim });
    expect((await service.call(rpc.countUsers, {}, admin)).count).toBeGreaterThan(0);
  });

  it('signs in, on and out', async () => {
    const { email } = await signUp('joan@example.com');
    const first = await signIn(email);
    const { tokens } = await service.call(rpc.refreshToken, first);
    await service.call(rpc.logout, tokens!);
    const refused = { reason: 'REFRESH_TOKEN_INVALID', kind: 'unauthenticated' };
    await expect(service.call(rpc.refreshToken, tokens!)).rejects.toMatchObject(refused);
  });

  it('revokes access tokens with their own session only', async () => {
    const { id, email } = await signUp('june@example.com');
    const [phone, laptop] = [await signIn(email), await signIn(email)];
    const getUser = ({ accessToken }: { accessToken: string }) =>
      service.call(rpc.getUser, { id }, accessToken);
    await getUser(phone);
    await service.call(rpc.logout, phone);
    const until = Date.now() + 60_000;
    let refused: unknown;
    while (!refused && Date.now() < until) refused = await getUser(phone).then(() => undefined, toReason);
    expect(refused).toBe('TOKEN_REVOKED');
    await getUser(laptop);
  });

  it('logs no password and no token', async () => {
    const { accessToken, refreshToken } = await signIn((await signUp('jill@example.com')).email);
    await service.call(rpc.countUsers, {}, accessToken).catch(() => undefined);
    await service.stop();
    const logs = JSON.stringify(service.logs);
    for (const secret of [password, accessToken, refreshToken]) expect(logs).not.toContain(secret);
  });
});

const toReason = ({ reason }: { reason: string }) => reason;
