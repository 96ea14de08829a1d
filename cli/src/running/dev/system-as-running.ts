import { dirname } from 'node:path';
import { isDown } from '../engine/resource.js';
import { KAFKA } from '../../model/system/system.js';
import { isolatedSystem } from '../../model/system/isolated-system.js';
import { engineOf } from './engine-of.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { PortChoice, System } from '../../model/system/system.js';

/**
 * A system with the ports, the broker and the logs of its current run, even if msx.yaml has changed since. Unchanged if
 * nothing is running, or the engine does not answer.
 */
export async function systemAsRunning(declared: System): Promise<System> {
  const { up, isolated } = await currentRun(declared.root);
  const system = isolated ? isolatedSystem(declared, isolated) : declared;
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

/** What is up, by name, and the ports of an isolated run, which its stopped services have as well. */
interface CurrentRun {
  up: Map<string, ResourceView>;
  isolated?: PortChoice;
}

async function currentRun(root: string): Promise<CurrentRun> {
  try {
    const engine = engineOf(root);
    const [{ resources }, { model }] = await Promise.all([engine.snapshot(), engine.mode()]);
    const up = new Map(resources.filter((view) => !isDown(view)).map((view) => [view.name, view]));
    return { up, isolated: (model as System | undefined)?.isolated };
  } catch {
    return { up: new Map() };
  }
}
