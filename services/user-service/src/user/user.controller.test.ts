import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestProcess } from '@msx/runtime/testing';
import { UserServiceService as rpc, UserSort } from '../gen/user.js';

describe('UserController', () => {
  let service: TestProcess;

  beforeAll(
    async () => void (service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url))),
  );
  afterAll(async () => expect(await service.stop()).toBe(0));

  const password = 'correct horse battery staple';
  const create = async (email: string) => {
    const { user } = await service.call(rpc.createUser, { name: 'Jane', email, password });
    return user!;
  };

  it('creates, reads and changes users', async () => {
    const created = await create('jane@example.com');
    expect(created).toMatchObject({ name: 'Jane', email: 'jane@example.com' });
    expect(created.createdAt).toBeInstanceOf(Date);
    const { id } = created;
    expect(await service.call(rpc.getUser, { id })).toEqual({ user: created });
    expect(await service.call(rpc.batchGetUsers, { ids: [id] })).toEqual({ users: [created] });
    const { user: updated } = await service.call(rpc.updateUser, { id, name: 'Jane Doe' });
    expect(updated).toEqual({ ...created, name: 'Jane Doe', updatedAt: updated!.updatedAt });
    expect(await service.call(rpc.listUsers, { page: 1, limit: 10 })).toEqual({ users: [updated] });
    expect(await service.call(rpc.countUsers, {})).toEqual({ count: 1 });
    const unset = { page: 0, limit: 0 };
    expect(await service.call(rpc.listUsers, unset)).toEqual({ users: [updated] });
  });

  it('validates users', async () => {
    const { id } = await create('john@example.com');
    expect(await service.call(rpc.validateUser, { id })).toEqual({ valid: true, reason: '' });
    const unknown = { valid: false, reason: 'USER_NOT_FOUND' };
    expect(await service.call(rpc.validateUser, { id: 'x' })).toEqual(unknown);
  });

  it('searches after a cursor, and counts all matches', async () => {
    for (const name of ['c', 'a', 'b']) await create(`${name}@search.example`);
    const filter = { search: 'SEARCH.example', createdAfter: undefined, createdBefore: undefined };
    const request = { filter, sort: UserSort.USER_SORT_CREATED_DESC, first: 2, after: '' };
    const { edges, hasNextPage } = await service.call(rpc.searchUsers, request);
    const emails = edges.map(({ user }) => user!.email);
    expect([...emails, hasNextPage]).toEqual(['b@search.example', 'a@search.example', true]);
    const rest = await service.call(rpc.searchUsers, { ...request, after: edges[1]!.cursor });
    expect(rest.edges.map(({ user }) => user!.email)).toEqual(['c@search.example']);
    expect(await service.call(rpc.countUsers, { filter })).toEqual({ count: 3 });
    const all = await service.call(rpc.searchUsers, { ...request, first: 0 });
    expect(all.edges).toHaveLength(3);
  });

  it('returns the reason of an error', async () => {
    await create('jim@example.com');
    await expect(create(' JIM@example.com')).rejects.toMatchObject({
      reason: 'EMAIL_TAKEN',
      kind: 'conflict',
    });
    const missing = { reason: 'USER_NOT_FOUND', kind: 'not-found' };
    await expect(service.call(rpc.getUser, { id: 'x' })).rejects.toMatchObject(missing);
    const fields = JSON.stringify([{ field: 'email', message: 'must be an e-mail address' }]);
    const invalid = { reason: 'VALIDATION_FAILED', kind: 'invalid', metadata: { fields } };
    await expect(create('nobody')).rejects.toMatchObject(invalid);
  });

  it('logs JSON lines without a password in them', async () => {
    await service.stop();
    expect(service.logs.length).toBeGreaterThan(0);
    for (const line of service.logs) expect(line).toMatchObject({ service: 'user-service' });
    expect(JSON.stringify(service.logs)).not.toMatch(/correct horse|argon2/);
  });
});
