import { MsxError } from '../../../terminal/errors/msx-error.js';
import { demultiplexed } from '../../../running/drivers/container/demultiplexer.js';
import { closest } from '../../../model/system/closest.js';
import type { Docker } from '../../../running/drivers/container/engine-api/docker.js';
import type { ContainerSummary } from '../../../running/drivers/container/engine-api/answers.js';

/** The current state of a container of the system. */
export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly image: string;
  readonly state: string;
  readonly health?: string;
  /** Output of the last health check. */
  readonly healthSays: string;
  readonly exitCode: number;
  readonly outOfMemory: boolean;
  /** Number of automatic restarts. */
  readonly restarts: number;
  /** Milliseconds since the epoch; 0 before the first start. */
  readonly startedAt: number;
  /** Published ports. */
  readonly ports: readonly number[];
}

const LABEL = 'com.docker.compose';

/** The containers of a compose project, created by any version of compose. */
export async function containersOf(docker: Docker, project: string): Promise<ContainerView[]> {
  const filters = { label: [`${LABEL}.project=${project}`, `${LABEL}.oneoff=False`] };
  const listed = await docker.listContainers({ all: true, filters });
  const views = await Promise.all(listed.map((each) => inspected(docker, each)));
  return views.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns nothing if the container has been removed meanwhile */
async function inspected(docker: Docker, listed: ContainerSummary): Promise<ContainerView[]> {
  try {
    const { Id, Name, State, RestartCount, Config } = await docker.getContainer(listed.Id).inspect();
    const ports = listed.Ports.map(({ PublicPort }) => PublicPort ?? 0).filter((port) => port > 0);
    return [
      {
        id: Id,
        name: Name.replace(/^\//, ''),
        service: listed.Labels[`${LABEL}.service`] ?? '',
        image: Config.Image,
        state: State.Status,
        health: State.Health?.Status,
        healthSays: State.Health?.Log?.at(-1)?.Output.trim() ?? '',
        exitCode: State.ExitCode,
        outOfMemory: State.OOMKilled,
        restarts: RestartCount,
        startedAt: State.StartedAt.startsWith('0001') ? 0 : Date.parse(State.StartedAt),
        ports: [...new Set(ports)],
      },
    ];
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return [];
    throw error;
  }
}

/** The last lines of a container's log. */
export async function lastLinesOf(docker: Docker, id: string, lines = 10): Promise<string[]> {
  const raw = await docker.getContainer(id).logs({ tail: lines });
  return demultiplexed(raw).split('\n').filter(Boolean);
}

/** The containers of the named services (default: all). Throws UNKNOWN_SERVICE for a name without a container. */
export function ofServices(containers: ContainerView[], names: readonly string[]): ContainerView[] {
  const known = [...new Set(containers.map(({ service }) => service))];
  for (const name of names)
    if (!known.includes(name))
      throw new MsxError('UNKNOWN_SERVICE', { name, known, similar: closest(name, known) });
  return names.length > 0 ? containers.filter(({ service }) => names.includes(service)) : containers;
}
