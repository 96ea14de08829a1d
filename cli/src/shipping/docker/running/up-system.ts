import { MsxError } from '../../../terminal/errors/msx-error.js';
import { chosenServices } from './compose-model.js';
import { containersOf } from './containers.js';
import { containerError } from './container-error.js';
import { checkPorts, portError } from './published-ports.js';
import { readinessOf } from './readiness.js';
import { waitUntilUp } from './wait-until-up.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';
import type { ServiceChoice, ComposeService } from './compose-model.js';
import type { Compose } from './compose.js';
import type { ContainerView } from './containers.js';
import type { Readiness } from './readiness.js';

export interface UpOptions extends ServiceChoice {
  readonly client: DockerClient;
  readonly compose: Compose;
  /** All services of compose. */
  readonly services: readonly ComposeService[];
  readonly scale: Readonly<Record<string, number>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly show: (readiness: Map<string, Readiness>) => void;
  /** Leaves their dependencies as they are. */
  readonly withoutDependencies?: boolean;
}

/**
 * Has compose bring containers up, and waits until all are healthy. An interrupted run stops the containers that it
 * started; after a failure everything is left for inspection and the next run. Throws errors of the catalogue.
 */
export async function upSystem(options: UpOptions): Promise<ContainerView[]> {
  const { client, compose, scale, withoutDependencies, timeoutMs, show } = options;
  const chosen = chosenServices([...options.services], options);
  const services = withoutDependencies ? chosen.filter(({ name }) => options.names.includes(name)) : chosen;
  const before = await containersOf(client.docker, compose.project);
  await checkPorts(services, before);
  const cancellation = new AbortController();
  const signal = AbortSignal.any([options.signal, cancellation.signal]);
  const environment = options.profiles.includes('redis') ? withRedis() : {};
  const work = compose.run(composeArguments(options), { signal, environment });
  try {
    const expected = { services, scale };
    const { project } = compose;
    return await waitUntilUp({ client, project, expected, work, timeoutMs, signal: options.signal, show });
  } catch (error) {
    cancellation.abort();
    await work.catch(() => {});
    if (options.signal.aborted) await stopNew(client, compose.project, before);
    throw await explained(error, options, services);
  }
}

function composeArguments({ names, profiles, scale, withoutDependencies }: UpOptions): string[] {
  return [
    ...profiles.flatMap((name) => ['--profile', name]),
    ...['up', '--detach', '--no-build'],
    ...(withoutDependencies ? ['--no-deps', '--no-recreate'] : []),
    ...Object.entries(scale).flatMap(([name, count]) => ['--scale', `${name}=${count}`]),
    ...names,
  ];
}

/** With a Redis, gateways share their rate limits. */
const withRedis = () => ({ REDIS_URL: process.env['REDIS_URL'] ?? 'redis://redis:6379' });

async function stopNew(client: DockerClient, project: string, before: ContainerView[]): Promise<void> {
  const running = before.filter(({ state }) => state === 'running').map(({ id }) => id);
  const fresh = (await containersOf(client.docker, project)).filter(({ id }) => !running.includes(id));
  await Promise.allSettled(fresh.map(({ id }) => client.docker.getContainer(id).stop({ t: 4 })));
}

/** A more specific error: compose reports less about a container than its own state and log do. */
async function explained(error: unknown, { client, compose, scale }: UpOptions, services: ComposeService[]) {
  if (!(error instanceof MsxError)) return error;
  if (error.code === 'CONTAINER_PORT_TAKEN')
    return portError((error.facts as { port: number }).port, services);
  if (error.code === 'IMAGE_UNAVAILABLE') return imageError(error, services);
  if (error.code !== 'COMPOSE_FAILED') return error;
  const containers = await containersOf(client.docker, compose.project).catch(() => []);
  const failed = [...readinessOf({ services, scale }, containers).values()].find((each) => 'culprit' in each);
  return failed && 'culprit' in failed ? containerError(client.docker, failed.culprit) : error;
}

/** docker compose 2 names the service, not the image. */
function imageError(error: MsxError, services: ComposeService[]): MsxError {
  const { reason } = error.facts as { reason: string };
  const service = services.find(({ name }) => reason.startsWith(`${name} `));
  return service ? (new MsxError('IMAGE_UNAVAILABLE', { image: service.image, reason }) as MsxError) : error;
}
