import { type ServiceCommand, StartupError } from '@msx/runtime';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { rolesOf } from './user.role.js';
import { UserService } from './user.service.js';

const USAGE = 'users create-admin --email ADDRESS --name NAME --password-stdin [--json]';

/** `users create-admin`: the first admin cannot be made by another one. The password is read from standard input. */
export const users: ServiceCommand = {
  async run(args, app) {
    const { email, name, json } = parse(args);
    const password = (await text(process.stdin)).replace(/\r?\n$/, '');
    const { id, role } = await app.get(UserService).createAdmin({ email, name, password });
    return json
      ? JSON.stringify({ id, email, roles: rolesOf(role) })
      : `${email} is an admin now (user ${id})`;
  },
};

interface Options {
  readonly email: string;
  readonly name: string;
  readonly json: boolean;
}

/** @throws StartupError CONFIG_INVALID saying how the command is used */
function parse([command, ...args]: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const options = { email: { type: 'string' }, name: { type: 'string' }, json: flag } as const;
  try {
    const { values } = parseArgs({ args, options: { ...options, 'password-stdin': flag } });
    const { email, name, json, 'password-stdin': given } = values;
    if (command === 'create-admin' && email && name && given) return { email, name, json };
  } catch {
    // parseArgs knows only its options; what the command is like is said below
  }
  throw new StartupError('CONFIG_INVALID', `usage: ${USAGE}`);
}
