import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { UserSort } from '../gen/user.js';
import type { User } from './user.entity.js';
import { sortOf, type UserFilter } from './user.filter.js';
import { UserService } from './user.service.js';

describe.each(drivers)('a search for users on %s', (driver) => {
  let service: TestService;
  let users: UserService;
  let jane: User;

  beforeAll(async () => {
    service = await TestService.start({ name: 'user-service', module: AppModule, driver });
    users = service.get(UserService);
    jane = await add('Jane', 'jane@example.com');
    await add('Anna', 'doe@example.org');
    await add('Jim', 'jim@example.org');
  });
  afterAll(() => service.stop());

  const add = (name: string, email: string) => users.create({ name, email, password: 'password123' });
  const names = async (filter: UserFilter, sort = UserSort.USER_SORT_NAME_ASC) => {
    const { edges } = await users.search(filter, sortOf(sort), { first: 100, after: '' });
    expect(await users.count(filter)).toBe(edges.length);
    return edges.map(({ node }) => node.name).join(' ');
  };

  it('finds by name or e-mail address', async () => {
    expect(await names({ search: 'J' })).toBe('Jane Jim');
    expect(await names({ search: '@EXAMPLE.ORG' })).toBe('Anna Jim');
    expect(await names({ search: 'nobody' })).toBe('');
    await add('Jürgen', 'juergen@example.net');
    expect(await names({ search: 'JÜRG' })).toBe('Jürgen');
    expect(await names({ search: 'jurg' })).toBe('');
  });

  it('finds by creation time, with both bounds exclusive', async () => {
    const at = jane.createdAt;
    expect(await names({ createdAfter: at, search: 'jane' })).toBe('');
    expect(await names({ createdBefore: at, search: 'jane' })).toBe('');
    const [before, after] = [new Date(at.getTime() - 1), new Date(at.getTime() + 1)];
    expect(await names({ createdAfter: before, createdBefore: after, search: 'jane' })).toBe('Jane');
  });

  it('sorts in both directions', async () => {
    expect(await names({ search: '.org' })).toBe('Anna Jim');
    expect(await names({ search: '.org' }, UserSort.USER_SORT_NAME_DESC)).toBe('Jim Anna');
    expect(await names({ search: 'a' }, UserSort.USER_SORT_CREATED_DESC)).toMatch(/Jane$/);
  });

  it('never shows a password hash', async () => {
    const { edges } = await users.search({}, sortOf(UserSort.USER_SORT_NAME_ASC), { first: 1, after: '' });
    expect(edges[0]!.node.passwordHash).toBeUndefined();
  });
});
