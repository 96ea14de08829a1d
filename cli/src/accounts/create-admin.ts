import { MsxError } from '../errors/msx-error.js';
import { records, runProgram } from '../programs/run-program.js';
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
 * command lines are everyone's to read. Throws NO_ISSUER, ADMIN_NOT_CREATED, PROGRAM_FAILED.
 */
export async function createAdmin(system: System, { email, name, password }: NewAdmin): Promise<Admin> {
  const service = issuerOf(system);
  const args = ['users', 'create-admin', '--email', email, '--name', name, '--password-stdin', '--json'];
  const env = serviceEnvironment(system, service, { given: process.env });
  const { ok, stdout, reason } = await runProgram({ system, service }, args, { env, input: password });
  if (!ok) throw new MsxError('ADMIN_NOT_CREATED', { reason });
  const admin = records(stdout).findLast(({ id }) => id !== undefined);
  if (admin) return admin as unknown as Admin;
  const silence = { service: service.name, command: 'users create-admin', reason: 'it printed no account' };
  throw new MsxError('PROGRAM_FAILED', silence);
}

/** The service that users sign in at. Throws NO_ISSUER. */
export function issuerOf({ auth, services }: System) {
  const issuer = services.find(({ name }) => name === auth?.issuer);
  if (!issuer) throw new MsxError('NO_ISSUER', {});
  return issuer;
}
