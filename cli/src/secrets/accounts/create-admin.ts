import { MsxError } from '../../terminal/errors/msx-error.js';
import { records, runProgram } from '../../running/programs/run-program.js';
import { serviceEnvironment } from '../../model/system/service-environment.js';
import type { System } from '../../model/system/system.js';

export interface NewAdmin {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Whether to promote the existing account with this address. */
  readonly promote: boolean;
}

export interface Admin {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** The number of sessions ended, when an existing account was promoted. */
  readonly sessionsEnded?: number;
}

/**
 * Creates an admin through the service that users sign in at, or promotes the existing account. The password is passed
 * through a pipe, because all users can read command lines. Throws NO_ISSUER, EMAIL_TAKEN, ADMIN_NOT_CREATED and
 * PROGRAM_FAILED.
 */
export async function createAdmin(system: System, admin: NewAdmin): Promise<Admin> {
  const { email, name, password, promote } = admin;
  const service = issuerOf(system);
  const who = ['--email', email, '--name', name, '--password-stdin', ...(promote ? ['--promote'] : [])];
  const args = ['users', 'create-admin', ...who, '--json'];
  const env = serviceEnvironment(system, service, { overrides: process.env });
  const { ok, stdout, reason, code } = await runProgram({ system, service }, args, { env, input: password });
  if (code === 'EMAIL_TAKEN') throw new MsxError('EMAIL_TAKEN', { email });
  if (!ok) throw new MsxError('ADMIN_NOT_CREATED', { reason });
  const created = records(stdout).findLast(({ id }) => id !== undefined);
  if (created) return created as unknown as Admin;
  const failure = { service: service.name, command: 'users create-admin', reason: 'it printed no account' };
  throw new MsxError('PROGRAM_FAILED', failure);
}

/** The service that users sign in at. Throws NO_ISSUER. */
export function issuerOf({ auth, services }: System) {
  const issuer = services.find(({ name }) => name === auth?.issuer);
  if (!issuer) throw new MsxError('NO_ISSUER', {});
  return issuer;
}
