import {
  checkBatch,
  Database,
  DomainError,
  type EdgePage,
  isId,
  isUniqueViolation,
  newId,
  type Page,
  pageOf,
  rowsOf,
  type Slice,
  type Sort,
} from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { In } from 'typeorm';
import { SessionService } from '../session/session.service.js';
import { User } from './user.entity.js';
import { UserEvents } from './user.events.js';
import { matching, type UserFilter } from './user.filter.js';
import type { UserRole } from './user.role.js';
import { checkedUser, type UserFields } from './user.rules.js';

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
    const passwordHash = await hash(password);
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

  /** Changes the fields that are given; a new password ends all sessions that the old one began. @throws DomainError VALIDATION_FAILED, USER_NOT_FOUND, EMAIL_TAKEN */
  async update(id: string, fields: Partial<UserFields>): Promise<User> {
    const { password, ...changes } = checkedUser(fields);
    if (!isId(id)) throw notFound(id);
    const passwordHash = password === undefined ? undefined : await hash(password);
    return this.unlessEmailTaken(() =>
      this.database.transaction(async (tx) => {
        await tx.update(User, { id }, { ...changes, passwordHash, updatedAt: new Date() });
        const user = await tx.findOneBy(User, { id });
        if (!user) throw notFound(id);
        if (passwordHash) await this.sessions.endAll(tx, id);
        await this.events.updated(tx, user);
        return user;
      }),
    );
  }

  /** Makes an admin of whoever has the address, who keeps his password, or else a new one. @throws as `create` */
  async createAdmin(fields: UserFields): Promise<User> {
    const { email } = checkedUser(fields);
    const known = await this.database.transaction(async (tx) => {
      await tx.update(User, { email }, { role: 'admin', updatedAt: new Date() });
      const user = await tx.findOneBy(User, { email });
      if (user) await this.events.updated(tx, user);
      return user;
    });
    return known ?? this.create(fields, 'admin');
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

  /** Those of `ids` that exist, in no particular order. */
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

  private async find(id: string): Promise<User | null> {
    return isId(id) ? this.database.read.findOneBy(User, { id }) : null;
  }

  /** The database's constraint decides, so that of two simultaneous takers of an address one fails. */
  private async unlessEmailTaken<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError('EMAIL_TAKEN', 'another user has this e-mail address', { kind: 'conflict' });
    }
  }
}

function notFound(id: string): DomainError {
  return new DomainError('USER_NOT_FOUND', `there is no user ${JSON.stringify(id.slice(0, 64))}`, {
    kind: 'not-found',
  });
}
