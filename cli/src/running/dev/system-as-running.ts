import { dirname } from 'node:path';
import { isDown } from '../engine/resource.js';
import { KAFKA } from '../../model/system/system.js';
import { engineOf } from './engine-of.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { System } from '../../model/system/system.js';

/**
 * A system with the ports, the broker and the logs of its current run, even if msx.yaml has changed since. Unchanged if
 * nothing is running, or the engine does not answer.
 */
export async function systemAsRunning(system: System): Promise<System> {
  const up = await runningResources(system.root);
  const services = system.services.map((service) => {
    const [port = service.port, healthPort = service.healthPort] = up.get(service.name)?.ports ?? [];
    return { ...service, port, healthPort };
  });
  const kafka = up.get(KAFKA);
  const { port = system.broker.port, address = system.broker.address } = {
    port: kafka?.ports[0],
    address: kafka?.url,
  };
  const log = services.map(({ name }) => up.get(name)?.log).find((file) => file !== undefined);
  return {
    ...system,
    services,
    broker: { ...system.broker, port, address },
    logFolder: log === undefined ? system.logFolder : dirname(log),
  };
}

async function runningResources(root: string): Promise<Map<string, ResourceView>> {
  try {
    const { resources } = await engineOf(root).snapshot();
    return new Map(resources.filter((view) => !isDown(view)).map((view) => [view.name, view]));
  } catch {
    return new Map();
  }
}
