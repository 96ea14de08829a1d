import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { Gateway } from '../gateway.fixture.js';
import { inputsIn, installedEngines, requestWith } from '@msx/gateway/testing';

describe.each(installedEngines())('passwords of one address (%s)', (engine) => {
  const gateway = new Gateway();
  const { shop } = gateway;
  beforeAll(() =>
    gateway.start('development', {
      GRAPHQL_ENGINE: engine,
      RATE_LIMIT_PASSWORDS: '3/3600',
      TRUST_PROXY: 'loopback',
    }),
  );
  afterAll(() => gateway.stop());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const logins = (count: number) => {
    const all = Array.from(
      { length: count },
      (_, n) => `a${n}: login(email: "${n}@b.co", password: "password1") { accessToken }`,
    );
    return `mutation { ${all.join(' ')} }`;
  };
  const codesOf = ({ errors = [] }: Awaited<ReturnType<Gateway['gql']>>) =>
    errors.map(({ extensions }) => extensions.code as string);

  it('are counted across accounts and across the fields of one request', async () => {
    shop.forgetCalls();
    const answer = await gateway.gql(logins(20), {}, from('192.0.2.1'));
    expect(codesOf(answer).filter((code) => code === 'RATE_LIMITED')).toHaveLength(17);
    expect(answer.errors!.at(-1)!.extensions.retryAfter).toEqual(expect.any(Number));
    expect(shop.userService.calls).toEqual(['login', 'login', 'login']);
  });

  it('are counted together for every field that takes one', async () => {
    const { data } = await gateway.gql(getIntrospectionQuery());
    const inputs = inputsIn(buildClientSchema(data as IntrospectionQuery));
    const passwords = inputs.filter(({ path }) => /password/i.test(path.at(-1)!));
    expect(new Set(passwords.map(({ field }) => field.name))).toContain('createUser');
    await gateway.gql(logins(3), {}, from('192.0.2.2'));
    shop.forgetCalls();
    for (const input of passwords) {
      const { query, variables } = requestWith(input, 'password1');
      const codes = codesOf(await gateway.gql(query, variables, from('192.0.2.2')));
      expect([input.field.name, codes]).toEqual([input.field.name, ['RATE_LIMITED']]);
    }
    expect(shop.userService.calls).toEqual([]);
  });

  it('do not affect other addresses', async () => {
    await gateway.gql(logins(4), {}, from('192.0.2.3'));
    const answer = await gateway.gql(logins(1), {}, from('192.0.2.4'));
    expect(codesOf(answer)).toEqual(['INVALID_CREDENTIALS']);
  });
});
