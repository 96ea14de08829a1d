/** Every admin is a customer as well. */
export type UserRole = 'customer' | 'admin';

export function rolesOf(role: UserRole): UserRole[] {
  return role === 'admin' ? ['customer', 'admin'] : ['customer'];
}
