import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

describe('users', () => {
  it('are created and listed', async () => {
    const created = await gateway.gql(
      'mutation { createUser(name: "John Doe", email: "john@example.com", password: "password123") { id name email createdAt } }',
    );
    expect(created.errors).toBeUndefined();
    const listed = await gateway.gql('{ users(page: 1, limit: 10) { id name email createdAt } usersCount }');
    expect(listed.data).toEqual({ users: [created.data.createUser], usersCount: 1 });
  });
});
