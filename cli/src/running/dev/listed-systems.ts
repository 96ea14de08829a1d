import { existsSync } from 'node:fs';
import { takeEngineLock } from '../daemon/engine-lock.js';
import { leftoversOf } from '../drivers/process/end-leftovers.js';
import { leftoverCriteria } from '../drivers/process/leftover-criteria.js';
import { EngineClient } from '../engine/control/client.js';
import { unregisterSystem } from '../engine/control/registered-systems.js';
import { isAlive } from '../processes/process-table.js';
import { reportOf } from './report.js';
import { namesOf } from './stop-system.js';
import { userSystems } from './user-systems.js';
import type { RegisteredSystem } from '../engine/control/registered-systems.js';
import type { LeftoverCriteria } from '../drivers/process/end-leftovers.js';
import type { DetailedSnapshot } from '../engine/control/server.js';

/** A busy machine may take a while; a paused engine never answers. */
const ANSWER_TIMEOUT_MS = 3_000;

/** A system of this user on this machine. */
export interface ListedSystem {
  name: string;
  folder: string;
  /** `silent`: its engine does not answer; `left behind`: its engine was killed, and processes of it are still running. */
  state: 'running' | 'silent' | 'left behind';
  /** Whether it runs on ports of its own. */
  isolated: boolean;
  /** Process id of its engine. */
  pid?: number;
  /** Names of what is running. */
  services: string[];
  ports: number[];
  /** Since the start of its engine. */
  uptimeMs?: number;
  /** Of all its services together, in bytes. */
  memory?: number;
}

/**
 * The systems of this user that are running, whichever folder they are in, by name and folder. What a killed engine left
 * of its registration is removed, unless processes of it are still running. Throws SOCKET_FOLDER_UNUSABLE.
 */
export async function listedSystems(): Promise<ListedSystem[]> {
  const systems = await Promise.all(userSystems().map(listed));
  return systems
    .filter((each) => each !== undefined)
    .sort((a, b) => `${a.name} ${a.folder}`.localeCompare(`${b.name} ${b.folder}`));
}

async function listed(system: RegisteredSystem): Promise<ListedSystem | undefined> {
  const { name, root: folder, engine, socket } = system;
  if (!isAlive(engine)) return leftBehind(system);
  const common = { name, folder, pid: engine.pid };
  try {
    const client = new EngineClient(socket, () => new Error('it does not answer'), ANSWER_TIMEOUT_MS);
    return { ...common, state: 'running', ...runOf(await client.details()) };
  } catch {
    // It may have ended meanwhile.
    return isAlive(engine)
      ? { ...common, state: 'silent', isolated: false, services: [], ports: [] }
      : leftBehind(system);
  }
}

function runOf(snapshot: DetailedSnapshot): Omit<ListedSystem, 'name' | 'folder' | 'state'> {
  const { processes } = reportOf(snapshot);
  return {
    isolated: snapshot.runMode['isolated'] === true,
    services: processes.map(({ name }) => name),
    ports: processes.flatMap(({ ports }) => ports).sort((a, b) => a - b),
    uptimeMs: snapshot.now - snapshot.engine.startedAt,
    memory: processes.reduce((sum, { memory = 0 }) => sum + memory, 0),
  };
}

function leftBehind(system: RegisteredSystem): ListedSystem | undefined {
  const { name, root: folder } = system;
  const left = leftoversOf(tracesOf(system));
  if (left.length > 0)
    return { name, folder, state: 'left behind', isolated: false, services: namesOf(left), ports: [] };
  const lock = existsSync(folder) ? takeEngineLock(folder) : { release: () => undefined };
  // Otherwise another engine has started here meanwhile.
  if (!('release' in lock)) return undefined;
  unregisterSystem(system);
  lock.release();
  return undefined;
}

/** What the processes of a system are found by. In a folder that was deleted, nothing is recorded. */
export const tracesOf = ({ root, token }: RegisteredSystem): LeftoverCriteria =>
  existsSync(root) ? leftoverCriteria(root) : { recorded: [], tokens: [token] };
