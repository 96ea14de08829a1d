import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { verify } from '@node-rs/argon2';
import { randomUUID } from 'node:crypto';
import { User } from './user.entity.js';
import { UserService } from './user.service.js';

const unique = () => `${randomUUID()}@example.com`;
const jane = () => ({ name: 'Jane', email: unique(), password: 'password123' });

describe.each(drivers)('UserService on %s', (driver) => {
  let service: TestService;
  let users: UserService;

  beforeAll(async () => {
    service = await TestService.start({ name: 'user-service', module: AppModule, driver });
    users = service.get(UserService);
  });
  afterAll(() => service.stop());

  const eventsOf = async (id: string) => (await service.outbox()).filter(({ key }) => key === id);
  const hashOf = async (id: string) => {
    const select = { passwordHash: true };
    return (await service.database.read.findOneOrFail(User, { select, where: { id } })).passwordHash;
  };

  it('saves a user together with its event', async () => {
    const user = await users.create({ ...jane(), email: ` ${unique().toUpperCase()} ` });
    const found = await users.get(user.id);
    expect(found).toMatchObject({ name: 'Jane', createdAt: user.createdAt, updatedAt: user.createdAt });
    expect(found.email).toMatch(/^[0-9a-f-]+@example\.com$/);
    const { id, name, email } = found;
    const at = user.createdAt.toISOString();
    const roles = ['USER_ROLE_CUSTOMER'];
    const value = { user: { id, name, email, roles, createdAt: at, updatedAt: at } };
    expect(await eventsOf(user.id)).toEqual([{ topic: 'user.created', key: user.id, value }]);
  });

  it('stores passwords as argon2id hashes, which no read and no event exposes', async () => {
    const { id } = await users.create(jane());
    const hash = await hashOf(id);
    expect(hash).toMatch(/^\$argon2id\$/);
    expect(await verify(hash, 'password123')).toBe(true);
    const seen = [await users.get(id), await users.list({ page: 1, limit: 100 }), await eventsOf(id)];
    expect(JSON.stringify(seen)).not.toMatch(/argon2|password/);
  });

  it('gives an address to one of several concurrent sign-ups', async () => {
    const before = await users.count();
    const email = unique();
    const attempts = Array.from({ length: 6 }, (_, n) => ({
      ...jane(),
      email: n % 2 ? email : email.toUpperCase(),
    }));
    const results = await Promise.allSettled(attempts.map((attempt) => users.create(attempt)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(5);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ reason: 'EMAIL_TAKEN', kind: 'conflict' });
    expect(await users.count()).toBe(before + 1);
    const created = (await service.outbox('user.created')).filter((row) =>
      JSON.stringify(row).includes(email),
    );
    expect(created).toHaveLength(1);
  });

  it('updates the given fields, and publishes that', async () => {
    const { id, email } = await users.create(jane());
    const updated = await users.update(id, { name: 'Jane Doe' }, 'admin');
    expect(updated).toMatchObject({ id, name: 'Jane Doe', email });
    expect(await users.get(id)).toEqual(updated);
    expect((await eventsOf(id)).map(({ topic }) => topic)).toEqual(['user.created', 'user.updated']);
  });

  it('changes a password', async () => {
    const { id } = await users.create(jane());
    await users.update(id, { password: 'another password' }, 'admin');
    expect(await verify(await hashOf(id), 'another password')).toBe(true);
  });

  it('requires the current password to change credentials', async () => {
    const { id, email } = await users.create(jane());
    for (const fields of [{ password: 'another password' }, { email: unique() }]) {
      const update = (currentPassword?: string) => users.update(id, fields, { currentPassword });
      await expect(update()).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
      const wrong = { reason: 'WRONG_PASSWORD', kind: 'forbidden' };
      await expect(update('a wrong password')).rejects.toMatchObject(wrong);
    }
    const unchanged = { name: 'Janet', email: email.toUpperCase() };
    expect(await users.update(id, unchanged, { currentPassword: undefined })).toMatchObject({ email });
    const by = { currentPassword: 'password123' };
    await users.update(id, { password: 'another password' }, by);
    await expect(users.update(id, { email: unique() }, by)).rejects.toMatchObject({
      reason: 'WRONG_PASSWORD',
    });
  });

  it('does not let a user take the address of another', async () => {
    const [first, second] = [await users.create(jane()), await users.create(jane())];
    await expect(users.update(second.id, { email: first.email }, 'admin')).rejects.toMatchObject({
      reason: 'EMAIL_TAKEN',
    });
    expect(await users.get(second.id)).toMatchObject({ email: second.email });
    expect(await eventsOf(second.id)).toHaveLength(1);
    await expect(users.update(first.id, { email: first.email }, 'admin')).resolves.toMatchObject({
      email: first.email,
    });
  });

  it.each(['', 'x', 'a\0b', randomUUID()])('does not find user %j', async (id) => {
    const missing = { reason: 'USER_NOT_FOUND', kind: 'not-found' };
    await expect(users.get(id)).rejects.toMatchObject(missing);
    await expect(users.update(id, { name: 'Jane' }, 'admin')).rejects.toMatchObject(missing);
    expect(await users.exists(id)).toBe(false);
    expect(await users.batch([id])).toEqual([]);
  });

  it('gets many users at once, without duplicates', async () => {
    const [first, second] = [await users.create(jane()), await users.create(jane())];
    const found = await users.batch([second.id, first.id, first.id, randomUUID()]);
    expect(found.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    const tooMany = Array.from({ length: 1_001 }, () => first.id);
    await expect(users.batch(tooMany)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  });

  it('lists every user once, by creation time, page by page', async () => {
    await Promise.all(Array.from({ length: 10 }, () => users.create(jane())));
    const total = await users.count();
    const seen: User[] = [];
    for (let page = 1; seen.length < total; page++) seen.push(...(await users.list({ page, limit: 3 })));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(total);
    const keys = seen.map(({ createdAt, id }) => `${createdAt.getTime()} ${id}`);
    expect(keys).toEqual([...keys].sort());
  });

  it.each([
    { page: -1, limit: 10 },
    { page: 1, limit: -1 },
    { page: 1, limit: 101 },
    { page: 1, limit: 10_000 },
  ])('refuses page %j', async (page) => {
    await expect(users.list(page)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED', kind: 'invalid' });
  });
});
