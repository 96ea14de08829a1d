import { Database, type DomainError, isId, newId, ServiceContext, TokenIssuer } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';
import { matchesPassword } from '../user/password.js';
import { User } from '../user/user.entity.js';
import { rolesOf } from '../user/user.role.js';
import { hashOf, newSecret, parseRefreshToken, type RefreshToken, toText } from './refresh-token.js';
import { Session } from './session.entity.js';
import { sessionErrors } from './session.errors.js';

/** The tokens of a session. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
}

export interface LoginResult {
  readonly user: User;
  readonly tokens: Tokens;
}

@Injectable()
export class SessionService {
  private readonly lifetime: number;

  constructor(
    private readonly database: Database,
    private readonly issuer: TokenIssuer,
    { config, sessions }: ServiceContext,
  ) {
    this.lifetime = config.auth.refreshTokenTtl * 1000;
    sessions.setLookup((id) => this.isOpen(id));
  }

  /** @throws DomainError INVALID_CREDENTIALS, the same for an unknown address and a wrong password */
  async login(email: string, password: string): Promise<LoginResult> {
    const user = await this.userOf(email.trim().toLowerCase());
    const matches = await matchesPassword(user?.passwordHash, password);
    if (!user || !matches) throw wrongCredentials();
    const session = this.newSession(user.id);
    const [proof, secret] = [newSecret(), newSecret()];
    await this.database.transaction(async (tx) => {
      await requirePassword(tx, user);
      await tx.delete(Session, { expiresAt: LessThan(new Date()) });
      await tx.insert(Session, { ...session, proofHash: hashOf(proof), secretHash: hashOf(secret) });
    });
    return this.resultFor(user, { sessionId: session.id, proof, secret });
  }

  /**
   * Exchanges a refresh token for new tokens. Each works once: using it again ends the session, since one of its two users
   * must have stolen it (RFC 9700, 4.14.2). Of two concurrent uses one is the first. Without a token of the session,
   * nobody can end it.
   * @throws DomainError REFRESH_TOKEN_INVALID
   */
  async refresh(text: string): Promise<LoginResult> {
    const token = parseRefreshToken(text);
    if (!token) throw invalidToken();
    const { sessionId, proof, secret } = token;
    const next = newSecret();
    const user = await this.database.transaction(async (tx) => {
      const current = { id: sessionId, secretHash: hashOf(secret) };
      const renewed = { secretHash: hashOf(next), expiresAt: this.expiry() };
      const session = await tx.findOneBy(Session, { id: sessionId, proofHash: hashOf(proof) });
      if (!session || session.expiresAt <= new Date()) return null;
      const { affected } = await tx.update(Session, current, renewed);
      if (affected) return tx.findOneBy(User, { id: session.userId });
      await tx.delete(Session, { id: sessionId });
      return null;
    });
    if (!user) throw invalidToken();
    return this.resultFor(user, { sessionId, proof, secret: next });
  }

  /** Ends the session of a refresh token, whether the token is still valid or not. */
  async logout(text: string): Promise<void> {
    const token = parseRefreshToken(text);
    if (!token) return;
    const session = { id: token.sessionId, proofHash: hashOf(token.proof) };
    await this.database.transaction(async (tx) => void (await tx.delete(Session, session)));
  }

  /** Ends all sessions of a user, within the transaction that requires it. @returns how many there were */
  async endAll(tx: EntityManager, userId: string): Promise<number> {
    const { affected } = await tx.delete(Session, { userId });
    return affected ?? 0;
  }

  /** Whether access tokens of this session are valid. */
  private async isOpen(id: string): Promise<boolean> {
    const session = isId(id) ? await this.database.read.findOneBy(Session, { id }) : null;
    return session !== null && session.expiresAt > new Date();
  }

  private userOf(email: string): Promise<User | null> {
    const select = { id: true, name: true, email: true, role: true, passwordHash: true } as const;
    const times = { createdAt: true, updatedAt: true } as const;
    return this.database.read.findOne(User, { where: { email }, select: { ...select, ...times } });
  }

  private newSession(userId: string): Omit<Session, 'proofHash' | 'secretHash'> {
    return { id: newId(), userId, createdAt: new Date(), expiresAt: this.expiry() };
  }

  private expiry(): Date {
    return new Date(Date.now() + this.lifetime);
  }

  private async resultFor(user: User, token: RefreshToken): Promise<LoginResult> {
    const access = await this.issuer.issue({ id: user.id, roles: rolesOf(user.role) }, token.sessionId);
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

/**
 * Verifying a password takes a while, during which it may be replaced: no session may start with the old one after all
 * sessions were ended. Writing the same value locks the row until the session is committed, on every database.
 */
async function requirePassword(tx: EntityManager, { id, passwordHash }: User): Promise<void> {
  const { affected } = await tx.update(User, { id, passwordHash }, { passwordHash });
  if (!affected) throw wrongCredentials();
}

function wrongCredentials(): DomainError {
  return sessionErrors.INVALID_CREDENTIALS('wrong e-mail address or password');
}

function invalidToken(): DomainError {
  return sessionErrors.REFRESH_TOKEN_INVALID(
    'this refresh token is unknown, used, expired or revoked: sign in again',
  );
}
