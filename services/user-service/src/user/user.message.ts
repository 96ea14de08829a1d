import type { User as UserMessage } from '../gen/user.js';
import type { User } from './user.entity.js';

/** A user as others see it, in replies and in events: without the password hash. */
export function toMessage({ id, name, email, createdAt, updatedAt }: User): UserMessage {
  return { id, name, email, createdAt, updatedAt };
}
