import { TokenVerifier } from '@msx/runtime';
import { drivers, TestKeys, TestService } from '@msx/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { AppModule } from '../app.module.js';
import { UserService } from '../user/user.service.js';
import { Session } from './session.entity.js';
import { SessionService } from './session.service.js';

const password = 'correct horse battery staple';
const refused = { reason: 'REFRESH_TOKEN_INVALID', kind: 'unauthenticated' };

describe.each(drivers)('SessionService on %s', (driver) => {
  let service: TestService;
  let sessions: SessionService;
  let users: UserService;

  beforeAll(async () => {
    const { variables } = new TestKeys();
    service = await TestService.start({ name: 'user-service', module: AppModule, driver, variables });
    sessions = service.get(SessionService);
    users = service.get(UserService);
  });
  afterAll(() => service.stop());

  const signUp = async () => users.create({ name: 'Jane', email: `${randomUUID()}@example.com`, password });
  const signIn = async () => {
    const { email } = await signUp();
    return sessions.login(email, password);
  };
  const tokenOf = async ({ refreshToken }: { refreshToken: string }) =>
    (await sessions.refresh(refreshToken)).tokens;

  it('signs in who has the password, by an access token that proves it', async () => {
    const { id, email } = await signUp();
    const { user, tokens } = await sessions.login(` ${email.toUpperCase()} `, password);
    expect(user).toMatchObject({ id, role: 'customer' });
    const { principal, expiresAt } = await service.get(TokenVerifier).verify(tokens.accessToken);
    expect(principal).toEqual({ id, roles: ['customer'] });
    expect(expiresAt).toEqual(tokens.accessTokenExpiresAt);
  });

  it('says the same of a wrong password and of an unknown address', async () => {
    const { email } = await signUp();
    const wrong = await sessions.login(email, 'wrong').catch((error: unknown) => error);
    const unknown = await sessions.login('nobody@example.com', password).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ reason: 'INVALID_CREDENTIALS', kind: 'unauthenticated' });
    expect(unknown).toEqual(wrong);
  });

  it('exchanges a refresh token for another, again and again', async () => {
    const { tokens, user } = await signIn();
    const second = await sessions.refresh(tokens.refreshToken);
    expect(second.user.id).toBe(user.id);
    expect(second.tokens.refreshToken).not.toBe(tokens.refreshToken);
    expect((await tokenOf(second.tokens)).refreshToken).not.toBe(second.tokens.refreshToken);
  });

  it('ends the session whose refresh token is used again', async () => {
    const { tokens } = await signIn();
    const second = await tokenOf(tokens);
    await expect(tokenOf(tokens)).rejects.toMatchObject(refused);
    await expect(tokenOf(second)).rejects.toMatchObject(refused);
  });

  it('lets one of many use a refresh token at the same time', async () => {
    const { tokens } = await signIn();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => tokenOf(tokens)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('signs out once and for all, one session of several', async () => {
    const { email } = await signUp();
    const [phone, laptop] = [await sessions.login(email, password), await sessions.login(email, password)];
    await sessions.logout(phone.tokens.refreshToken);
    await sessions.logout(phone.tokens.refreshToken);
    await expect(tokenOf(phone.tokens)).rejects.toMatchObject(refused);
    await expect(tokenOf(laptop.tokens)).resolves.toBeDefined();
  });

  it('ends all sessions with a new password', async () => {
    const { tokens, user } = await signIn();
    await users.update(user.id, { name: 'Janet' });
    const next = await tokenOf(tokens);
    await users.update(user.id, { password: 'another password' });
    await expect(tokenOf(next)).rejects.toMatchObject(refused);
  });

  it('forgets sessions that have expired', async () => {
    const { tokens, user } = await signIn();
    await service.database.transaction((tx) =>
      tx.update(Session, { userId: user.id }, { expiresAt: new Date(0) }),
    );
    await expect(tokenOf(tokens)).rejects.toMatchObject(refused);
    await signIn();
    expect(await service.database.read.countBy(Session, { userId: user.id })).toBe(0);
  });

  it('keeps no token', async () => {
    const { tokens, user } = await signIn();
    const [row] = await service.database.read.findBy(Session, { userId: user.id });
    const [, secret] = tokens.refreshToken.split('.');
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it.each(['', 'x', `${randomUUID()}.${'a'.repeat(43)}`, 'a\0b', 'x'.repeat(100_000)])(
    'knows no refresh token %.20j',
    async (refreshToken) => {
      await expect(tokenOf({ refreshToken })).rejects.toMatchObject(refused);
      await expect(sessions.logout(refreshToken)).resolves.toBeUndefined();
    },
  );

  it('makes admins of those who are there and those who are not', async () => {
    const { email, id } = await signUp();
    const fields = { name: 'Root', email, password: 'another password' };
    expect(await users.createAdmin(fields)).toMatchObject({ id, name: 'Jane', role: 'admin' });
    const { tokens } = await sessions.login(email, password);
    const { principal } = await service.get(TokenVerifier).verify(tokens.accessToken);
    expect(principal.roles).toEqual(['customer', 'admin']);
    const fresh = await users.createAdmin({ ...fields, email: `${randomUUID()}@example.com` });
    expect(fresh).toMatchObject({ name: 'Root', role: 'admin' });
  });
});
