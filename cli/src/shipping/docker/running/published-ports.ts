import { connectionOn } from '../../../running/drivers/ports/connection.js';
import { holdersOf } from '../../../running/drivers/ports/holder.js';
import { isHeld } from '../../../running/drivers/ports/is-held.js';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { portVariable } from '../../../model/system/service-environment.js';
import type { ComposeService } from './compose-model.js';
import type { ContainerView } from './containers.js';

/** Throws CONTAINER_PORT_TAKEN if a foreign process holds a port that these services publish. */
export async function checkPorts(
  services: readonly ComposeService[],
  containers: readonly ContainerView[],
): Promise<void> {
  const own = new Set(containers.flatMap(({ ports }) => ports));
  for (const { name, ports } of services)
    for (const port of ports) if (!own.has(port) && (await isHeld(port))) throw await portTaken(name, port);
}

/** CONTAINER_PORT_TAKEN with the service that needs the port and the process that holds it. */
export async function portError(port: number, services: readonly ComposeService[]): Promise<MsxError> {
  const owner = services.find(({ ports }) => ports.includes(port));
  return portTaken(owner?.name ?? 'a container', port);
}

async function portTaken(service: string, port: number): Promise<MsxError> {
  const [holder] = await holdersOf([port]);
  const who = holder
    ? holder.pid && `${holder.command ?? 'a process'} (pid ${holder.pid})`
    : connectionOn(port);
  const facts = { port, service, ...(who && { holder: who }), variable: portVariable(service) };
  return new MsxError('CONTAINER_PORT_TAKEN', facts) as MsxError;
}
