import { defineEvent, Outbox } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UserCreated, UserUpdated } from '../gen/user_events.js';
import type { User } from './user.entity.js';
import { toMessage } from './user.message.js';

export const userCreated = defineEvent('user.created', UserCreated);
export const userUpdated = defineEvent('user.updated', UserUpdated);

/** Publishes the events of users, within the transaction that changes them. */
@Injectable()
export class UserEvents {
  constructor(private readonly outbox: Outbox) {}

  async created(tx: EntityManager, user: User): Promise<void> {
    await this.outbox.add(tx, userCreated, { key: user.id, value: { user: toMessage(user) } });
  }

  async updated(tx: EntityManager, user: User): Promise<void> {
    await this.outbox.add(tx, userUpdated, { key: user.id, value: { user: toMessage(user) } });
  }
}
