import { MsxError } from '../../terminal/errors/msx-error.js';
import { runProgram } from '../../running/programs/run-program.js';
import { serviceEnvironment } from '../../model/system/service-environment.js';
import type { Service, System } from '../../model/system/system.js';

/** The schema that a built gateway serves, as the gateway prints it. Throws PROGRAM_FAILED. */
export async function schemaOf(
  system: System,
  service: Service,
  { federation = false }: { federation?: boolean } = {},
): Promise<string> {
  const args = ['graphql', 'schema', ...(federation ? ['--federation'] : [])];
  const env = serviceEnvironment(system, service, { overrides: process.env });
  const { ok, stdout, reason } = await runProgram({ system, service }, args, { env });
  if (!ok) throw new MsxError('PROGRAM_FAILED', { service: service.name, command: 'graphql schema', reason });
  return `${stdout.trim()}\n`;
}
