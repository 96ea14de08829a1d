import { MsxError } from '../errors/msx-error.js';
import { MsxCommand } from './msx-command.js';
import type { DockerClient } from '../../running/drivers/container/docker-client.js';
import type { Compose } from '../../shipping/docker/running/compose.js';
import type { ComposeService } from '../../shipping/docker/running/compose-model.js';
import type { System } from '../../model/system/system.js';

/** Base class of the commands for a system in Docker. */
export abstract class DockerCommand extends MsxCommand {
  /** A client of the engine, and compose. Throws DOCKER_UNAVAILABLE, COMPOSE_MISSING. */
  protected async connect(): Promise<{ client: DockerClient; compose: Compose }> {
    const [{ connectDocker }, { Compose }] = await Promise.all([
      import('../../shipping/docker/running/connect-docker.js'),
      import('../../shipping/docker/running/compose.js'),
    ]);
    const client = await connectDocker();
    return { client, compose: await Compose.find(this.root()) };
  }

  /** The system, once its files for Docker are known to be up to date. Throws PROJECTIONS_STALE. */
  protected async renderedSystem(): Promise<System> {
    const system = await this.loadSystem();
    const [{ dockerProjections }, { staleAmong }] = await Promise.all([
      import('../../shipping/docker/docker-projections.js'),
      import('../../model/system/projection.js'),
    ]);
    const paths = staleAmong(dockerProjections(system), system.root).map(({ path }) => path);
    if (paths.length > 0) throw new MsxError('PROJECTIONS_STALE', { paths });
    return system;
  }

  /** The engine may stop answering at any call. */
  protected override async catch(thrown: unknown): Promise<void> {
    const [{ dockerLost }, { dockerHost }] = await Promise.all([
      import('../../shipping/docker/running/connect-docker.js'),
      import('../../running/drivers/container/docker-client.js'),
    ]);
    const doing = `msx ${this.id?.replaceAll(':', ' ')}`;
    return super.catch(dockerLost(thrown, { host: dockerHost(process.env) }, doing));
  }

  /** Builds the missing images of these services, or all of them. Returns what it built. */
  protected async buildMissing(
    system: System,
    { client, services, all, signal }: BuildOptions,
  ): Promise<string[]> {
    const buildable = services.filter(({ builds }) => builds);
    const missing = all ? buildable : await withoutImage(client, buildable);
    const own = system.services.filter(({ name }) => missing.some((each) => each.name === name));
    if (own.length === 0) return [];
    const [{ buildImages }, { progressView }] = await Promise.all([
      import('../../shipping/docker/images/build-images.js'),
      import('../progress/progress-view.js'),
    ]);
    const rows = await progressView({ silent: this.jsonEnabled() });
    const options = { client, tag: process.env['TAG'] || 'latest', noCache: false, signal, show: rows.show };
    const built = await buildImages(system, own, options).finally(rows.end);
    return built.map(({ image }) => image);
  }
}

interface BuildOptions {
  readonly client: DockerClient;
  readonly services: readonly ComposeService[];
  readonly all: boolean;
  readonly signal: AbortSignal;
}

async function withoutImage({ docker }: DockerClient, services: ComposeService[]): Promise<ComposeService[]> {
  const exists = await Promise.all(
    services.map(({ image }) =>
      docker.inspectImage(image).then(
        () => true,
        () => false,
      ),
    ),
  );
  return services.filter((_, n) => !exists[n]);
}
