import { isAlive, processesMarked } from '../drivers/process/process-table.js';
import { holdersOf } from '../drivers/ports/holder.js';
import { NoEngine } from '../engine/control/client.js';
import { readRunFile } from '../engine/control/run-file.js';
import { runMark } from '../engine/control/socket-path.js';
import { KAFKA } from '../system/system.js';
import { engineOf } from './engine-of.js';
import { resourceNames } from './specs-of.js';
import type { Holder } from '../drivers/ports/holder.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';
import type { System } from '../system/system.js';

/** One port of a system. */
export interface PortState {
  port: number;
  /** Whose port it is by msx.yaml. */
  wantedBy: string;
  use: string;
  /**
   * `run`: our own running system; `left behind`: a process of ours that no engine looks after any more;
   * `stranger`: somebody else.
   */
  heldBy: 'nobody' | 'run' | 'left behind' | 'stranger';
  holder?: Holder;
}

/** All ports of a system, and who listens on them. */
export async function heldPorts(system: System): Promise<PortState[]> {
  const ports = portsOf(system);
  const holders = await holdersOf(ports.map(({ port }) => port));
  const resources = (await snapshotOf(system.root))?.resources ?? [];
  const running = new Set(resources.map(({ pid }) => pid));
  const ofContainers = resources.filter(isContained).flatMap((view) => view.ports);
  const left = new Set([
    ...(readRunFile(system.root)?.processes ?? []).filter(isAlive).map(({ pid }) => pid),
    ...processesMarked(runMark(system.root)).map(({ pid }) => pid),
  ]);
  return ports.map((each) => {
    const holder = holders.find(({ port }) => port === each.port);
    if (!holder) return { ...each, heldBy: 'nobody' };
    if (ofContainers.includes(each.port)) return { ...each, holder, heldBy: 'run' };
    if (holder.pid === undefined) return { ...each, holder, heldBy: 'stranger' };
    const heldBy = running.has(holder.pid) ? 'run' : left.has(holder.pid) ? 'left behind' : 'stranger';
    return { ...each, holder, heldBy };
  });
}

/** The process that holds the port of a container is Docker's. */
const isContained = ({ container, phase }: ResourceView): boolean =>
  container !== undefined && phase !== 'idle' && phase !== 'exited';

function portsOf(system: System): Pick<PortState, 'port' | 'wantedBy' | 'use'>[] {
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
