import { type User as UserMessage, UserRole as RoleMessage } from '../gen/user.js';
import type { User } from './user.entity.js';
import { rolesOf } from './user.role.js';

const ROLES = { customer: RoleMessage.USER_ROLE_CUSTOMER, admin: RoleMessage.USER_ROLE_ADMIN } as const;

/** The message for a user, in responses and in events: without the password hash. */
export function toMessage({ id, name, email, role, createdAt, updatedAt }: User): UserMessage {
  const roles = rolesOf(role).map((one) => ROLES[one]);
  return { id, name, email, roles, createdAt, updatedAt };
}
