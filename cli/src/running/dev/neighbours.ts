import { realpathSync } from 'node:fs';
import { EngineClient } from '../engine/control/client.js';
import { isAlive } from '../processes/process-table.js';
import { userSystems } from './user-systems.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { System } from '../../model/system/system.js';

/** A start does not wait for engines of other systems that are paused. */
const ANSWER_TIMEOUT_MS = 1_000;

/** Another system of this user that is running on this machine. */
export interface Neighbour {
  name: string;
  folder: string;
  pid: number;
  resources: ResourceView[];
  /** The model of its run, unless it was started without one. */
  model?: System | undefined;
}

/** The systems that run in other folders. Those whose engines do not answer are left out. */
export async function neighboursOf(root: string): Promise<Neighbour[]> {
  const here = realpathSync(root);
  const others = userSystems().filter((one) => one.root !== here && isAlive(one.engine));
  const found = others.map(async ({ name, root: folder, engine, socket }): Promise<Neighbour | undefined> => {
    try {
      const client = new EngineClient(socket, () => new Error('it does not answer'), ANSWER_TIMEOUT_MS);
      const [{ resources }, { model }] = await Promise.all([client.snapshot(), client.mode()]);
      return { name, folder, pid: engine.pid, resources, model: model as System | undefined };
    } catch {
      return undefined;
    }
  });
  return (await Promise.all(found)).filter((each) => each !== undefined);
}

/** All ports that a neighbour uses, or will use once its other services are started. */
export function claimedPorts({ resources, model }: Neighbour): number[] {
  const declared = model?.services.flatMap(({ port, healthPort }) => [port, healthPort]) ?? [];
  return [...declared, ...resources.flatMap(({ ports }) => ports)];
}
