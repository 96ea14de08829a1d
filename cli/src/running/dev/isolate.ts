import { isolatedSystem, PORTS_PER_SERVICE } from '../../model/system/isolated-system.js';
import { KAFKA } from '../../model/system/system.js';
import { freeSystemPorts } from './free-system-ports.js';
import { claimedPorts, neighboursOf } from './neighbours.js';
import { resourceNames } from './specs-of.js';
import type { PortChoice, System } from '../../model/system/system.js';
import type { RunMode } from './run-mode.js';

/**
 * A system on ports that are free on this machine. Ports that its run has already (`kept`) stay as they are. Throws
 * PORTS_EXHAUSTED.
 */
export async function isolate(
  system: System,
  { broker }: Pick<RunMode, 'broker'>,
  kept: PortChoice = {},
): Promise<System> {
  const missing = portsNeeded(system, broker).filter(({ name }) => !(name in kept));
  if (missing.length === 0) return isolatedSystem(system, kept);
  const others = await neighboursOf(system.root);
  const avoid = new Set([...others.flatMap(claimedPorts), ...Object.values(kept).flat()]);
  const total = missing.reduce((sum, { count }) => sum + count, 0);
  const free = await freeSystemPorts(system.root, total, avoid);
  const chosen = missing.map(({ name, count }) => [name, free.splice(0, count)]);
  return isolatedSystem(system, { ...kept, ...Object.fromEntries(chosen) });
}

/** A broker that somebody else runs needs no port. */
function portsNeeded(system: System, broker: RunMode['broker']): { name: string; count: number }[] {
  const services = system.services.map(({ name }) => ({ name, count: PORTS_PER_SERVICE }));
  const runsBroker = broker !== 'external' && resourceNames(system).includes(KAFKA);
  return runsBroker ? [...services, { name: KAFKA, count: 1 }] : services;
}
