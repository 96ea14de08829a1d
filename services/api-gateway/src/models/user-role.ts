import { registerEnumType } from '@nestjs/graphql';
import { UserRole as RoleMessage } from '../gen/user.js';

export enum UserRole {
  CUSTOMER = 'CUSTOMER',
  ADMIN = 'ADMIN',
}

registerEnumType(UserRole, {
  name: 'UserRole',
  valuesMap: {
    CUSTOMER: { description: 'Sees and orders for himself.' },
    ADMIN: { description: 'Sees and changes everything.' },
  },
});

const roles: Partial<Record<RoleMessage, UserRole>> = {
  [RoleMessage.USER_ROLE_CUSTOMER]: UserRole.CUSTOMER,
  [RoleMessage.USER_ROLE_ADMIN]: UserRole.ADMIN,
};

/** A role that this gateway does not know yet gives no rights here, and is left out. */
export function toUserRoles(messages: readonly RoleMessage[]): UserRole[] {
  return messages.flatMap((message) => roles[message] ?? []);
}
