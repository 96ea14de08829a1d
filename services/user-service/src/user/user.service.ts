import {
  checkBatch,
  Database,
  type DomainError,
  type EdgePage,
  isId,
  isUniqueViolation,
  newId,
  type Page,
  pageOf,
  rowsOf,
  type Slice,
  type Sort,
  Validation,
} from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { SessionService } from '../session/session.service.js';
import { hashPassword, matchesPassword } from './password.js';
import { User } from './user.entity.js';
import { userErrors } from './user.errors.js';
import { UserEvents } from './user.events.js';
import { matching, type UserFilter } from './user.filter.js';
import type { UserRole } from './user.role.js';
import { checkedUser, type UserFields } from './user.rules.js';

/** Who changes a user: an admin, or the owner, who must give the current password to change their credentials. */
export type UpdatedBy = 'admin' | { readonly currentPassword: string | undefined };

/** A user who was promoted to admin, and how many sessions that ended. */
export interface Promotion {
  readonly user: User;
  readonly sessionsEnded: number;
}

@Injectable()
export class UserService {
  constructor(
    private readonly database: Database,
    private readonly events: UserEvents,
    private readonly sessions: SessionService,
  ) {}

  /** @throws DomainError VALIDATION_FAILED, EMAIL_TAKEN */
  async create(fields: UserFields, role: UserRole = 'customer'): Promise<User> {
    const { name, email, password } = checkedUser(fields);
    const passwordHash = await hashPassword(password);
    const now = new Date();
    const user = Object.assign(new User(), {
      id: newId(),
      name,
      email,
      passwordHash,
      role,
      createdAt: now,
      updatedAt: now,
    });
    return this.unlessEmailTaken(() =>
      this.database.transaction(async (tx) => {
        await tx.insert(User, user);
        await this.events.created(tx, user);
        return user;
      }),
    );
  }

  /**
   * Updates the given fields. A new password or e-mail address ends all sessions.
   * @throws DomainError VALIDATION_FAILED, USER_NOT_FOUND, EMAIL_TAKEN, WRONG_PASSWORD
   */
  async update(id: string, fields: Partial<UserFields>, by: UpdatedBy): Promise<User> {
    const { name, email, password } = checkedUser(fields);
    const before = await this.withPassword(id);
    const credentialsChange = password !== undefined || (email !== undefined && email !== before.email);
    if (credentialsChange && by !== 'admin') await requirePassword(before, by.currentPassword);
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const criteria = credentialsChange && by !== 'admin' ? { id, passwordHash: before.passwordHash } : { id };
    return this.unlessEmailTaken(() =>
      this.database.transaction(async (tx) => {
        const changes = { name, email, passwordHash, updatedAt: new Date() };
        const { affected } = await tx.update(User, criteria, changes);
        if (!affected) throw wrongPassword();
        if (credentialsChange) await this.sessions.endAll(tx, id);
        const user = await tx.findOneByOrFail(User, { id });
        await this.events.updated(tx, user);
        return user;
      }),
    );
  }

  /**
   * Promotes an existing user to admin. Anybody may have signed up with the address, so the password and the name are
   * replaced and all sessions end.
   * @throws DomainError VALIDATION_FAILED, USER_NOT_FOUND
   */
  async promote(fields: UserFields): Promise<Promotion> {
    const { name, email, password } = checkedUser(fields);
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      await tx.update(User, { email }, { name, passwordHash, role: 'admin', updatedAt: new Date() });
      const user = await tx.findOneBy(User, { email });
      if (!user) throw userErrors.USER_NOT_FOUND(`no user has the e-mail address ${email}`);
      const sessionsEnded = await this.sessions.endAll(tx, user.id);
      await this.events.updated(tx, user);
      return { user, sessionsEnded };
    });
  }

  /** @throws DomainError USER_NOT_FOUND */
  async get(id: string): Promise<User> {
    const user = await this.find(id);
    if (!user) throw notFound(id);
    return user;
  }

  async exists(id: string): Promise<boolean> {
    return (await this.find(id)) !== null;
  }

  /** The users that exist among `ids`, in no particular order. */
  async batch(ids: readonly string[]): Promise<User[]> {
    checkBatch(ids);
    return this.database.read.findBy(User, { id: In(ids.filter(isId)) });
  }

  async list(page: Page): Promise<User[]> {
    return this.database.read.find(User, { order: { createdAt: 'ASC', id: 'ASC' }, ...rowsOf(page) });
  }

  /** @throws DomainError VALIDATION_FAILED */
  async search(filter: UserFilter, sort: Sort<User>, slice: Slice): Promise<EdgePage<User>> {
    return pageOf(matching(this.database.read, filter), sort, slice);
  }

  async count(filter: UserFilter = {}): Promise<number> {
    return matching(this.database.read, filter).getCount();
  }

  private async withPassword(id: string): Promise<Pick<User, 'email' | 'passwordHash'>> {
    const select = { id: true, email: true, passwordHash: true } as const;
    const user = isId(id) ? await this.database.read.findOne(User, { where: { id }, select }) : null;
    if (!user) throw notFound(id);
    return user;
  }

  private async find(id: string): Promise<User | null> {
    return isId(id) ? this.database.read.findOneBy(User, { id }) : null;
  }

  /** The unique constraint decides, so that one of two concurrent requests for an address fails. */
  private async unlessEmailTaken<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw userErrors.EMAIL_TAKEN('another user has this e-mail address');
    }
  }
}

async function requirePassword(
  { passwordHash }: Pick<User, 'passwordHash'>,
  currentPassword: string | undefined,
): Promise<void> {
  const missing = 'is required to change the password or the e-mail address';
  new Validation().check(!!currentPassword, 'currentPassword', missing).done();
  if (!(await matchesPassword(passwordHash, currentPassword!))) throw wrongPassword();
}

function wrongPassword(): DomainError {
  return userErrors.WRONG_PASSWORD('the current password is wrong');
}

function notFound(id: string): DomainError {
  return userErrors.USER_NOT_FOUND(`there is no user ${JSON.stringify(id.slice(0, 64))}`);
}
