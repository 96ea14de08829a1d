import { leftoversOf } from '../drivers/process/end-leftovers.js';
import { leftoverCriteria } from '../drivers/process/leftover-criteria.js';
import { groupOf } from '../processes/process-table.js';
import { holdersOf } from '../drivers/ports/holder.js';
import { NoEngine } from '../engine/control/client.js';
import { KAFKA } from '../../model/system/system.js';
import { engineOf } from './engine-of.js';
import { resourceNames } from './specs-of.js';
import type { Holder } from '../drivers/ports/holder.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';
import type { System } from '../../model/system/system.js';

/** A port of a system, and its holder. */
export interface PortState {
  port: number;
  /** The resource that the port belongs to. */
  wantedBy: string;
  use: string;
  /**
   * `run`: the running system itself; `left behind`: a process of an earlier run whose engine is gone;
   * `another system`: an msx system in another folder; `stranger`: a foreign process.
   */
  heldBy: 'nobody' | 'run' | 'left behind' | 'another system' | 'stranger';
  holder?: Holder;
}

/** All ports of a system with their holders; a port with several holders on different addresses appears several times. */
export async function heldPorts(system: System): Promise<PortState[]> {
  const resources = (await snapshotOf(system.root))?.resources ?? [];
  const running = new Set(resources.flatMap(({ pid }) => pid ?? []));
  const ports = portsOf(system, resources);
  const holders = await holdersOf(ports.map(({ port }) => port));
  const ofContainers = resources.filter(isContainerUp).flatMap((view) => view.ports);
  const left = new Set(leftoversOf(leftoverCriteria(system.root)).map(({ pid }) => pid));
  const stateOf = (each: SystemPort, holder: Holder | undefined): PortState => {
    if (!holder) return { ...each, heldBy: 'nobody' };
    if (ofContainers.includes(each.port)) return { ...each, holder, heldBy: 'run' };
    if (holder.pid === undefined) return { ...each, holder, heldBy: 'stranger' };
    // The listener may be another process in the group of the service.
    const belongsTo = (pids: ReadonlySet<number | undefined>) =>
      pids.has(holder.pid) || pids.has(groupOf(holder.pid!));
    if (belongsTo(running)) return { ...each, holder, heldBy: 'run' };
    if (belongsTo(left)) return { ...each, holder, heldBy: 'left behind' };
    return { ...each, holder, heldBy: holder.system ? 'another system' : 'stranger' };
  };
  return ports.flatMap((each) => {
    const ofPort = holders.filter(({ port }) => port === each.port);
    const [first, ...others] = ofPort.map((holder) => stateOf(each, holder));
    // One holder of the run is enough, but foreign holders, for example on the IPv6 address, are all listed.
    return first ? [first, ...others.filter(({ heldBy }) => heldBy !== 'run')] : [stateOf(each, undefined)];
  });
}

/** The port of a container is held by a process of Docker. */
const isContainerUp = ({ container, phase }: ResourceView): boolean =>
  container !== undefined && phase !== 'idle' && phase !== 'exited';

type SystemPort = Pick<PortState, 'port' | 'wantedBy' | 'use'>;

/** The current ports of running resources, even if msx.yaml has changed since; for the others, those in msx.yaml. */
function portsOf(system: System, running: ResourceView[]): SystemPort[] {
  const models = modelPorts(system);
  const isUp = ({ phase, ports }: ResourceView) => ports.length > 0 && phase !== 'idle' && phase !== 'exited';
  const up = running.filter(isUp);
  const idle = models.filter(({ wantedBy }) => up.every(({ name }) => name !== wantedBy));
  return [...up.flatMap(portsOfRun), ...idle].sort((a, b) => rank(models, a) - rank(models, b));
}

const rank = (models: SystemPort[], { wantedBy }: SystemPort): number => {
  const place = models.findIndex((port) => port.wantedBy === wantedBy);
  return place < 0 ? models.length : place;
};

function portsOfRun({ name, ports, url }: ResourceView): SystemPort[] {
  const main = name === KAFKA ? 'Kafka' : url?.startsWith('http') ? 'GraphQL' : 'gRPC';
  const uses = [main, 'health', 'debugging'];
  return ports.map((port, n) => ({ port, wantedBy: name, use: uses[n] ?? '' }));
}

function modelPorts(system: System): SystemPort[] {
  const { services, broker } = system;
  const hasBroker = broker.mode !== 'external' && resourceNames(system).includes(KAFKA);
  return [
    ...services.flatMap(({ name, kind, port, healthPort }) => [
      { port, wantedBy: name, use: kind === 'graphql' ? 'GraphQL' : 'gRPC' },
      { port: healthPort, wantedBy: name, use: 'health' },
    ]),
    ...(hasBroker ? [{ port: broker.port, wantedBy: KAFKA, use: 'Kafka' }] : []),
  ];
}

async function snapshotOf(root: string): Promise<Snapshot | undefined> {
  try {
    return await engineOf(root).snapshot();
  } catch (error) {
    if (error instanceof NoEngine) return undefined;
    throw error;
  }
}
