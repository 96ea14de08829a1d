/** Every admin is also a customer. */
export type UserRole = 'customer' | 'admin';

export function rolesOf(role: UserRole): UserRole[] {
  return role === 'admin' ? ['customer', 'admin'] : ['customer'];
}
