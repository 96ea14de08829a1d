import { Database, DomainError, newId, ServiceContext, TokenIssuer } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { verify } from '@node-rs/argon2';
import { type EntityManager, LessThan } from 'typeorm';
import { User } from '../user/user.entity.js';
import { rolesOf } from '../user/user.role.js';
import { hashOf, newSecret, parseRefreshToken, toText } from './refresh-token.js';
import { Session } from './session.entity.js';

/** What a session gives its user. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
}

export interface SignedIn {
  readonly user: User;
  readonly tokens: Tokens;
}

/** Of no password: what an unknown address is compared with, so that it takes as long as a known one. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

@Injectable()
export class SessionService {
  private readonly lifetime: number;

  constructor(
    private readonly database: Database,
    private readonly issuer: TokenIssuer,
    { config }: ServiceContext,
  ) {
    this.lifetime = config.auth.refreshTokenTtl * 1000;
  }

  /** @throws DomainError INVALID_CREDENTIALS, the same for an unknown address and a wrong password */
  async login(email: string, password: string): Promise<SignedIn> {
    const user = await this.userOf(email.trim().toLowerCase());
    const matches = await verify(user?.passwordHash ?? NOBODY, password.slice(0, 128));
    if (!user || !matches) throw refused('INVALID_CREDENTIALS', 'e-mail address and password do not match');
    const session = this.newSession(user.id);
    const secret = newSecret();
    await this.database.transaction(async (tx) => {
      await tx.delete(Session, { expiresAt: LessThan(new Date()) });
      await tx.insert(Session, { ...session, secretHash: hashOf(secret) });
    });
    return this.signedIn(user, { sessionId: session.id, secret });
  }

  /**
   * Exchanges a refresh token for new tokens. It works once: whoever uses it again ends the session, since one of the two
   * who had it is a thief (RFC 9700, 4.14.2). Of two who use it at the same moment one is the first.
   * @throws DomainError REFRESH_TOKEN_INVALID
   */
  async refresh(text: string): Promise<SignedIn> {
    const token = parseRefreshToken(text);
    if (!token) throw invalidToken();
    const { sessionId, secret } = token;
    const next = newSecret();
    const user = await this.database.transaction(async (tx) => {
      const current = { id: sessionId, secretHash: hashOf(secret) };
      const renewed = { secretHash: hashOf(next), expiresAt: this.expiry() };
      const session = await tx.findOneBy(Session, { id: sessionId });
      if (!session || session.expiresAt <= new Date()) return null;
      const { affected } = await tx.update(Session, current, renewed);
      if (affected) return tx.findOneBy(User, { id: session.userId });
      await tx.delete(Session, { id: sessionId });
      return null;
    });
    if (!user) throw invalidToken();
    return this.signedIn(user, { sessionId, secret: next });
  }

  /** Ends the session of a refresh token, whether that still works or not. */
  async logout(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (!token) return;
    await this.database.transaction(async (tx) => void (await tx.delete(Session, { id: token.sessionId })));
  }

  /** Ends all sessions of a user, within the transaction that makes that necessary. */
  async endAll(tx: EntityManager, userId: string): Promise<void> {
    await tx.delete(Session, { userId });
  }

  private userOf(email: string): Promise<User | null> {
    const select = { id: true, name: true, email: true, role: true, passwordHash: true } as const;
    const times = { createdAt: true, updatedAt: true } as const;
    return this.database.read.findOne(User, { where: { email }, select: { ...select, ...times } });
  }

  private newSession(userId: string): Omit<Session, 'secretHash'> {
    return { id: newId(), userId, createdAt: new Date(), expiresAt: this.expiry() };
  }

  private expiry(): Date {
    return new Date(Date.now() + this.lifetime);
  }

  private async signedIn(user: User, token: { sessionId: string; secret: string }): Promise<SignedIn> {
    const access = await this.issuer.issue({ id: user.id, roles: rolesOf(user.role) });
    return {
      user,
      tokens: {
        accessToken: access.token,
        accessTokenExpiresAt: access.expiresAt,
        refreshToken: toText(token),
      },
    };
  }
}

function invalidToken(): DomainError {
  return refused(
    'REFRESH_TOKEN_INVALID',
    'this refresh token is unknown, used, expired or revoked: sign in again',
  );
}

function refused(reason: string, message: string): DomainError {
  return new DomainError(reason, message, { kind: 'unauthenticated' });
}
