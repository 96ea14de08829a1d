import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

describe('users', () => {
  it('come in pages, by default the first ten', async () => {
    const added = Array.from({ length: 12 }, (_, n) => gateway.shop.addUser(`User ${n}`));
    const names = added.map(({ name }) => ({ name }));
    const { data } = await gateway.gql('{ first: users { name } rest: users(page: 2) { name } usersCount }');
    expect(data).toEqual({ first: names.slice(0, 10), rest: names.slice(10), usersCount: 12 });
  });

  it('change only in the given fields', async () => {
    const { id, email } = gateway.shop.addUser('Jane');
    const update = 'mutation ($id: ID!) { updateUser(id: $id, name: " Janet ") { name email } }';
    expect((await gateway.gql(update, { id })).data).toEqual({ updateUser: { name: 'Janet', email } });
  });

  it.each(['name', 'email', 'password'])('keep their %s when it is null', async (field) => {
    const { id } = gateway.shop.addUser();
    const { errors } = await gateway.gql(`mutation { updateUser(id: "${id}", ${field}: null) { id } }`);
    expect(errors).toMatchObject([
      { extensions: { code: 'VALIDATION_FAILED', validation: [{ field, message: 'must not be null' }] } },
    ]);
  });

  it.each(['{ user(id: "nobody") { id } }', 'mutation { updateUser(id: "nobody", name: "N") { id } }'])(
    'that do not exist are USER_NOT_FOUND: %s',
    async (query) => {
      const { errors, status } = await gateway.gql(query);
      expect(status).toBe(200);
      expect(errors).toMatchObject([
        { message: 'there is no nobody', extensions: { code: 'USER_NOT_FOUND' } },
      ]);
    },
  );

  it('cannot share an e-mail address', async () => {
    const { email } = gateway.shop.addUser();
    const create =
      'mutation ($email: String!) { createUser(name: "A", email: $email, password: "12345678") { id } }';
    const { data, errors } = await gateway.gql(create, { email });
    expect(data).toEqual({ createUser: null });
    expect(errors).toMatchObject([{ path: ['createUser'], extensions: { code: 'EMAIL_TAKEN' } }]);
  });
});
