import { DomainError, type ServiceCommand, StartupError } from '@msx/runtime';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { userErrors } from './user.errors.js';
import { rolesOf } from './user.role.js';
import type { UserFields } from './user.rules.js';
import { type Promotion, UserService } from './user.service.js';

const USAGE = 'users create-admin --email ADDRESS --name NAME --password-stdin [--promote] [--json]';

/**
 * `users create-admin`: the first admin cannot be created by another one. An address that is taken is refused, since anybody
 * may have signed up with it; `--promote` takes that account over. The password is read from standard input.
 */
export const users: ServiceCommand = {
  async run(args, app) {
    const { json, promote, ...account } = parse(args);
    const fields = { ...account, password: (await text(process.stdin)).replace(/\r?\n$/, '') };
    const service = app.get(UserService);
    const admin = promote ? await service.promote(fields) : await create(service, fields);
    return json ? toJson(admin) : toSentence(admin);
  },
};

type Admin = Pick<Promotion, 'user'> & Partial<Promotion>;

async function create(service: UserService, fields: UserFields): Promise<Admin> {
  try {
    return { user: await service.create(fields, 'admin') };
  } catch (error) {
    if (!(error instanceof DomainError) || error.reason !== 'EMAIL_TAKEN') throw error;
    const message = `${fields.email} already has an account, which anybody may have opened; pass --promote to take it over`;
    throw userErrors.EMAIL_TAKEN(message);
  }
}

function toJson({ user: { id, email, role }, sessionsEnded }: Admin): string {
  return JSON.stringify({ id, email, roles: rolesOf(role), sessionsEnded });
}

function toSentence({ user: { id, email }, sessionsEnded }: Admin): string {
  if (sessionsEnded === undefined) return `created the admin ${email} (user ${id})`;
  return `${email} is an admin now (user ${id}), with the new name and password; sessions ended: ${sessionsEnded}`;
}

interface Options {
  readonly email: string;
  readonly name: string;
  readonly promote: boolean;
  readonly json: boolean;
}

/** @throws StartupError CONFIG_INVALID with the usage of the command */
function parse([command, ...args]: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const options = { email: { type: 'string' }, name: { type: 'string' }, json: flag, promote: flag } as const;
  try {
    const { values } = parseArgs({ args, options: { ...options, 'password-stdin': flag } });
    const { email, name, json, promote, 'password-stdin': passwordStdin } = values;
    if (command === 'create-admin' && email && name && passwordStdin) return { email, name, promote, json };
  } catch {
    // The message of parseArgs names only the option; the usage below says more.
  }
  throw new StartupError('CONFIG_INVALID', `usage: ${USAGE}`);
}
