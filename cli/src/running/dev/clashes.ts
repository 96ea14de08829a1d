import { basename } from 'node:path';
import { closureOf } from '../engine/desire.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { neighboursOf } from './neighbours.js';
import type { Spec } from '../engine/spec.js';
import type { StartRequest } from '../engine/control/server.js';
import type { Neighbour } from './neighbours.js';
import type { System } from '../../model/system/system.js';

/** Names of log files in a shared folder that are links of another running system. */
export interface TakenLinks {
  /** The shared folder. */
  folder: string;
  names: string[];
  by: { name: string; folder: string };
}

/**
 * Compares what a request would start with the other systems of this user, before anything is started. @returns the links
 * to its logs that it will not get. Throws PORT_HELD if it would use ports of another system.
 */
export async function checkClashes(
  { root, logLinks }: System,
  request: StartRequest,
  running: readonly string[] = [],
): Promise<TakenLinks[]> {
  const specs = new Map(request.specs.map((spec) => [spec.name, spec]));
  const starting = [...closureOf(specs, request.start, request.except)]
    .map((name) => specs.get(name)!)
    .filter(({ name, kind }) => kind === 'service' && !running.includes(name));
  if (starting.length === 0) return [];
  const neighbours = await neighboursOf(root);
  for (const neighbour of neighbours) refuseClash(starting, neighbour);
  return neighbours.flatMap((neighbour) => linksTaken(logLinks, starting, neighbour) ?? []);
}

function refuseClash(starting: Spec[], { name, folder, pid, resources }: Neighbour): void {
  const theirs = resources.filter(({ wanted }) => wanted).flatMap(({ ports }) => ports);
  const clashes = starting.flatMap((spec) =>
    portsOf(spec)
      .filter((port) => theirs.includes(port))
      .map((port) => ({ port, wantedBy: spec.name })),
  );
  const [first] = clashes;
  if (!first) return;
  const holder = resources.find(({ ports }) => ports.includes(first.port));
  const ports = clashes.map(({ port }) => port).sort((a, b) => a - b);
  throw new MsxError('PORT_HELD', { ...first, ports, pid: holder?.pid ?? pid, system: { name, folder } });
}

const portsOf = ({ run }: Spec): readonly number[] => ('ports' in run ? run.ports : []);

function linksTaken(
  links: string | undefined,
  starting: Spec[],
  neighbour: Neighbour,
): TakenLinks | undefined {
  if (links === undefined || neighbour.model?.logLinks !== links) return undefined;
  const theirs = neighbour.resources
    .filter(({ wanted, log }) => wanted && log)
    .map(({ log }) => basename(log!));
  const names = starting.map(({ name }) => `${name}.log`).filter((name) => theirs.includes(name));
  const { name, folder } = neighbour;
  return names.length > 0 ? { folder: links, names, by: { name, folder } } : undefined;
}
