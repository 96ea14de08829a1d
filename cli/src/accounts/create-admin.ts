import { execa } from 'execa';
import { MsxError } from '../errors/msx-error.js';
import { ensureKeys } from '../keys/key-files.js';
import { serviceEnvironment } from '../system/service-environment.js';
import type { System } from '../system/system.js';

export interface NewAdmin {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export interface Admin {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
}

/**
 * Has the service that users sign in at make an admin, or make one of a user there is. The password goes through a pipe:
 * command lines are everyone's to read. Throws NO_ISSUER, ADMIN_NOT_CREATED.
 */
export async function createAdmin(system: System, { email, name, password }: NewAdmin): Promise<Admin> {
  const issuer = issuerOf(system);
  ensureKeys(system.root);
  const args = ['users', 'create-admin', '--email', email, '--name', name, '--password-stdin', '--json'];
  const { stdout, stderr, failed } = await execa(process.execPath, ['dist/main.js', ...args], {
    cwd: issuer.folder,
    env: serviceEnvironment(system, issuer, { given: process.env }),
    input: password,
    reject: false,
  });
  if (!failed) return JSON.parse(stdout.trim().split('\n').at(-1)!) as Admin;
  throw new MsxError('ADMIN_NOT_CREATED', {
    reason: reasonIn(stdout) ?? (stderr.trim().split('\n').at(-1) || 'no reason given'),
  });
}

/** The service that users sign in at. Throws NO_ISSUER. */
export function issuerOf({ auth, services }: System) {
  const issuer = services.find(({ name }) => name === auth?.issuer);
  if (!issuer) throw new MsxError('NO_ISSUER', {});
  return issuer;
}

/** The fatal line that a service ends with. */
function reasonIn(output: string): string | undefined {
  const fatal = output.split('\n').findLast((line) => line.startsWith('{') && line.includes('"fatal"'));
  return fatal && (JSON.parse(fatal) as { msg?: string }).msg;
}
