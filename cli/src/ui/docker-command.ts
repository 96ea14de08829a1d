import { MsxError } from '../errors/msx-error.js';
import { MsxCommand } from './msx-command.js';
import type { DockerClient } from '../drivers/container/docker-client.js';
import type { Compose } from '../docker/running/compose.js';
import type { ComposeService } from '../docker/running/compose-model.js';
import type { System } from '../system/system.js';

/** What the commands have in common that run the system in Docker. */
export abstract class DockerCommand extends MsxCommand {
  /** An engine that answers, and the compose of this machine. Throws DOCKER_UNAVAILABLE, COMPOSE_MISSING. */
  protected async connect(): Promise<{ client: DockerClient; compose: Compose }> {
    const [{ connectDocker }, { Compose }] = await Promise.all([
      import('../docker/running/connect-docker.js'),
      import('../docker/running/compose.js'),
    ]);
    const client = await connectDocker();
    return { client, compose: await Compose.find(this.root()) };
  }

  /** The system, whose files for Docker are as msx.yaml has them. Throws PROJECTIONS_STALE. */
  protected async renderedSystem(): Promise<System> {
    const system = await this.loadSystem();
    const [{ projectionsOf }, { staleAmong }] = await Promise.all([
      import('../docker/projections.js'),
      import('../system/projection.js'),
    ]);
    const paths = staleAmong(projectionsOf(system), system.root).map(({ path }) => path);
    if (paths.length > 0) throw new MsxError('PROJECTIONS_STALE', { paths });
    return system;
  }

  /** An engine may stop answering at any call. */
  protected override async catch(thrown: unknown): Promise<void> {
    const [{ lost }, { dockerHost }] = await Promise.all([
      import('../docker/running/connect-docker.js'),
      import('../drivers/container/docker-client.js'),
    ]);
    const doing = `msx ${this.id?.replaceAll(':', ' ')}`;
    return super.catch(lost(thrown, { host: dockerHost(process.env) }, doing));
  }

  /** Builds the images of these that are missing, or all. Answers what it built. */
  protected async buildMissing(
    system: System,
    { client, services, all, signal }: Missing,
  ): Promise<string[]> {
    const wanted = services.filter(({ builds }) => builds);
    const missing = all ? wanted : await withoutImage(client, wanted);
    const own = system.services.filter(({ name }) => missing.some((each) => each.name === name));
    if (own.length === 0) return [];
    const [{ buildImages }, { rowsFor }] = await Promise.all([
      import('../docker/images/build-images.js'),
      import('./rows.js'),
    ]);
    const rows = await rowsFor({ silent: this.jsonEnabled() });
    const options = { client, tag: process.env['TAG'] || 'latest', noCache: false, signal, show: rows.show };
    const built = await buildImages(system, own, options).finally(rows.end);
    return built.map(({ image }) => image);
  }
}

interface Missing {
  readonly client: DockerClient;
  readonly services: readonly ComposeService[];
  readonly all: boolean;
  readonly signal: AbortSignal;
}

async function withoutImage({ docker }: DockerClient, services: ComposeService[]): Promise<ComposeService[]> {
  const there = await Promise.all(
    services.map(({ image }) =>
      docker
        .getImage(image)
        .inspect()
        .then(() => true)
        .catch(() => false),
    ),
  );
  return services.filter((_, n) => !there[n]);
}
