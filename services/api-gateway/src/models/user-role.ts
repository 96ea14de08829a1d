import { registerEnumType } from '@nestjs/graphql';
import { UserRole as RoleMessage } from '../gen/user.js';

export enum UserRole {
  CUSTOMER = 'CUSTOMER',
  ADMIN = 'ADMIN',
}

registerEnumType(UserRole, {
  name: 'UserRole',
  valuesMap: {
    CUSTOMER: { description: 'Customers see and place their own orders.' },
    ADMIN: { description: 'Admins see and change everything.' },
  },
});

const roles: Partial<Record<RoleMessage, UserRole>> = {
  [RoleMessage.USER_ROLE_CUSTOMER]: UserRole.CUSTOMER,
  [RoleMessage.USER_ROLE_ADMIN]: UserRole.ADMIN,
};

/** A role that this gateway does not know yet grants no rights here, and is left out. */
export function toUserRoles(messages: readonly RoleMessage[]): UserRole[] {
  return messages.flatMap((message) => roles[message] ?? []);
}
