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

  it('signs in with the password, and issues an access token for the user', async () => {
    const { id, email } = await signUp();
    const { user, tokens } = await sessions.login(` ${email.toUpperCase()} `, password);
    expect(user).toMatchObject({ id, role: 'customer' });
    const { principal, expiresAt } = await service.get(TokenVerifier).verify(tokens.accessToken);
    expect(principal).toEqual({ id, roles: ['customer'] });
    expect(expiresAt).toEqual(tokens.accessTokenExpiresAt);
  });

  it('gives the same error for a wrong password and for an unknown address', async () => {
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

  it('ends the session when a refresh token is used again', async () => {
    const { tokens } = await signIn();
    const second = await tokenOf(tokens);
    await expect(tokenOf(tokens)).rejects.toMatchObject(refused);
    await expect(tokenOf(second)).rejects.toMatchObject(refused);
  });

  it('accepts one of many concurrent uses of a refresh token', async () => {
    const { tokens } = await signIn();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => tokenOf(tokens)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('signs out of one session of several, idempotently', async () => {
    const { email } = await signUp();
    const [phone, laptop] = [await sessions.login(email, password), await sessions.login(email, password)];
    await sessions.logout(phone.tokens.refreshToken);
    await sessions.logout(phone.tokens.refreshToken);
    await expect(tokenOf(phone.tokens)).rejects.toMatchObject(refused);
    await expect(tokenOf(laptop.tokens)).resolves.toBeDefined();
  });

  it.each([{ password: 'another password' }, { email: `${randomUUID()}@example.com` }])(
    'ends all sessions with %j',
    async (fields) => {
      const { tokens, user } = await signIn();
      await users.update(user.id, { name: 'Janet' }, 'admin');
      const next = await tokenOf(tokens);
      await users.update(user.id, fields, { currentPassword: password });
      await expect(tokenOf(next)).rejects.toMatchObject(refused);
    },
  );

  it('does not end a session for a caller who knows only its id', async () => {
    const { tokens } = await signIn();
    // Whatever follows the id is as long as it is in the token, so that the guess is read like one.
    const guessed = { refreshToken: tokens.refreshToken.replace(/(?<=\..*)[^.]/g, 'a') };
    await expect(tokenOf(guessed)).rejects.toMatchObject(refused);
    await sessions.logout(guessed.refreshToken);
    await expect(tokenOf(tokens)).resolves.toBeDefined();
    await sessions.logout(tokens.refreshToken);
    await expect(tokenOf(tokens)).rejects.toMatchObject(refused);
  });

  it('deletes expired sessions', async () => {
    const { tokens, user } = await signIn();
    await service.database.transaction((tx) =>
      tx.update(Session, { userId: user.id }, { expiresAt: new Date(0) }),
    );
    await expect(tokenOf(tokens)).rejects.toMatchObject(refused);
    await signIn();
    expect(await service.database.read.countBy(Session, { userId: user.id })).toBe(0);
  });

  it('stores no token', async () => {
    const { tokens, user } = await signIn();
    const [row] = await service.database.read.findBy(Session, { userId: user.id });
    for (const secret of tokens.refreshToken.split('.').slice(1))
      expect(JSON.stringify(row)).not.toContain(secret);
  });

  it.each(['', 'x', `${randomUUID()}.${'a'.repeat(43)}.${'b'.repeat(43)}`, 'a\0b', 'x'.repeat(100_000)])(
    'refuses refresh token %.20j',
    async (refreshToken) => {
      await expect(tokenOf({ refreshToken })).rejects.toMatchObject(refused);
      await expect(sessions.logout(refreshToken)).resolves.toBeUndefined();
    },
  );

  it('promotes a user to admin, without any access left for whoever signed up', async () => {
    const { email, id } = await signUp();
    const open = [await sessions.login(email, password), await sessions.login(email, password)];
    const fields = { name: 'Root', email: email.toUpperCase(), password: 'another password' };
    expect(await users.promote(fields)).toMatchObject({
      user: { id, name: 'Root', role: 'admin' },
      sessionsEnded: 2,
    });
    for (const { tokens } of open) await expect(tokenOf(tokens)).rejects.toMatchObject(refused);
    const wrong = { reason: 'INVALID_CREDENTIALS' };
    await expect(sessions.login(email, password)).rejects.toMatchObject(wrong);
    const { tokens } = await sessions.login(email, fields.password);
    const { principal } = await service.get(TokenVerifier).verify(tokens.accessToken);
    expect(principal.roles).toEqual(['customer', 'admin']);
  });

  it('starts no session with a password that is replaced concurrently', async () => {
    const { email, id } = await signUp();
    const logins = Array.from({ length: 8 }, () => sessions.login(email, password));
    await Promise.allSettled([
      ...logins,
      users.promote({ name: 'Root', email, password: 'another password' }),
    ]);
    expect(await service.database.read.countBy(Session, { userId: id })).toBe(0);
  });
});
