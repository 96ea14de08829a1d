import { connectionOn } from '../../drivers/ports/connection.js';
import { holdersOf } from '../../drivers/ports/holder.js';
import { isHeld } from '../../drivers/ports/is-held.js';
import { MsxError } from '../../errors/msx-error.js';
import { portVariable } from '../../system/service-environment.js';
import type { ComposeService } from './compose-model.js';
import type { ContainerView } from './containers.js';

/** Throws CONTAINER_PORT_TAKEN when somebody else has a port that these are to have. */
export async function checkPorts(
  services: readonly ComposeService[],
  containers: readonly ContainerView[],
): Promise<void> {
  const own = new Set(containers.flatMap(({ ports }) => ports));
  for (const { name, ports } of services)
    for (const port of ports) if (!own.has(port) && (await isHeld(port))) throw await taken(name, port);
}

/** Throws CONTAINER_PORT_TAKEN again, saying whose port it is and who has it. */
export async function portError(port: number, services: readonly ComposeService[]): Promise<MsxError> {
  const owner = services.find(({ ports }) => ports.includes(port));
  return taken(owner?.name ?? 'a container', port);
}

async function taken(service: string, port: number): Promise<MsxError> {
  const [holder] = await holdersOf([port]);
  const who = holder
    ? holder.pid && `${holder.command ?? 'a process'} (pid ${holder.pid})`
    : connectionOn(port);
  const facts = { port, service, ...(who && { holder: who }), variable: portVariable(service) };
  return new MsxError('CONTAINER_PORT_TAKEN', facts) as MsxError;
}
