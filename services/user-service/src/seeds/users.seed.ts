import { Database, defineSeed } from '@msx/runtime';
import type { CreateUserRequest } from '../gen/user.js';
import { UserController } from '../user/user.controller.js';
import { User } from '../user/user.entity.js';

/** Customers for development, who all have the same password. */
export const userSeeds = defineSeed<CreateUserRequest>({
  file: 'src/seeds/users.seed.ts',
  entries: [
    { name: 'Ada Lovelace', email: 'ada@example.com', password: 'password123' },
    { name: 'Grace Hopper', email: 'grace@example.com', password: 'password123' },
    { name: 'Alan Turing', email: 'alan@example.com', password: 'password123' },
  ],
  nameOf: ({ email }) => email,
  exists: ({ email }, app) => app.get(Database).read.existsBy(User, { email }),
  create: (request, app) => app.get(UserController).createUser(request),
});
