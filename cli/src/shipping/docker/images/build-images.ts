import { join } from 'node:path';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { gitOutput } from '../../../code/git/git.js';
import { dockerLost } from '../running/connect-docker.js';
import { buildContext } from './build-context.js';
import { BuildProgress } from './build-progress.js';
import { readMessages } from './read-messages.js';
import { readJson } from '../../../model/system/read-file.js';
import type { DockerClient } from '../../../running/drivers/container/docker-client.js';
import type { Service, System } from '../../../model/system/system.js';
import type { BuildMessage } from './build-progress.js';

export interface BuildOptions {
  readonly client: DockerClient;
  readonly tag: string;
  readonly noCache: boolean;
  readonly signal: AbortSignal;
  readonly show: (service: string, state: 'pending' | 'done' | 'failed', text: string) => void;
}

export interface BuiltImage {
  readonly service: string;
  readonly image: string;
  readonly id: string;
  /** Size of all layers in bytes. */
  readonly size: number;
  readonly tookMs: number;
}

/** Build arguments, which end up in the labels of the image. */
type Arguments = Record<'VERSION' | 'REVISION', string>;

/**
 * Builds the images of these services. The first build also builds the shared stages, which the others then take from
 * the cache. Throws IMAGE_BUILD_FAILED, DOCKER_LOST, INTERRUPTED.
 */
export async function buildImages(
  system: System,
  services: readonly Service[],
  options: BuildOptions,
): Promise<BuiltImage[]> {
  const version = await builderVersion(options.client);
  const args = await argumentsOf(system);
  const [first, ...others] = services;
  const build = (service: Service) => buildImage({ system, service, options, version, args });
  for (const { name } of others) options.show(name, 'pending', `${name} is waiting for the shared stages`);
  const built = [await build(first!)];
  // When one build fails, the others are awaited: an abandoned build would go on in the engine.
  const rest = await Promise.allSettled(others.map(build));
  const failure = rest.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
  return [...built, ...rest.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))];
}

/** '2' is BuildKit. The engine's default applies unless DOCKER_BUILDKIT is set, as with the docker command. */
async function builderVersion({ docker }: DockerClient): Promise<'1' | '2'> {
  const { DOCKER_BUILDKIT } = process.env;
  if (DOCKER_BUILDKIT) return DOCKER_BUILDKIT === '0' ? '1' : '2';
  const { Components, Version } = await docker.version();
  return Components && Number.parseInt(Version, 10) >= 23 ? '2' : '1';
}

async function argumentsOf({ root }: System): Promise<Arguments> {
  const { version = '0.0.0' } = readJson<{ version?: string }>(join(root, 'package.json'));
  // Images can be built without git.
  const revision = await gitOutput(root, ['rev-parse', 'HEAD']).catch(() => undefined);
  return { VERSION: version, REVISION: revision ?? 'unknown' };
}

interface Job {
  readonly system: System;
  readonly service: Service;
  readonly options: BuildOptions;
  readonly version: '1' | '2';
  readonly args: Arguments;
}

const dockerfileOf = ({ path }: Service): string => `${path}/Dockerfile`;

/**
 * The builder reads the Dockerfile from the context, although .dockerignore excludes it. The classic builder removes it
 * afterwards; BuildKit copies it with the rest, so that contexts are only identical if each contains all Dockerfiles.
 */
async function buildImage({ system, service, options, version, args }: Job): Promise<BuiltImage> {
  const { client, tag, noCache, signal, show } = options;
  const image = `${system.docker.images}/${service.name}:${tag}`;
  const began = Date.now();
  const progress = new BuildProgress();
  const dockerfiles = (version === '1' ? [service] : system.services).map(dockerfileOf);
  show(service.name, 'pending', `${service.name} is starting`);
  try {
    const context = buildContext(system.root, dockerfiles);
    const dockerfile = dockerfileOf(service);
    const build = { t: image, dockerfile, buildargs: args, nocache: noCache, version };
    const messages = await client.docker.build(context, build, signal);
    const follow = (message: BuildMessage) => {
      if (progress.add(message)) show(service.name, 'pending', `${service.name} ${progress.step}`);
    };
    await readMessages(messages, follow);
    if (progress.error) throw buildFailed(image, progress);
    if (!progress.image)
      throw new MsxError('DOCKER_LOST', { host: client.host, doing: `the build of ${image}` });
    const { Size, Id } = await client.docker.inspectImage(image);
    const tookMs = Date.now() - began;
    show(
      service.name,
      'done',
      `${service.name} built in ${(tookMs / 1_000).toFixed(1)} s, ${megabytes(Size)}`,
    );
    return { service: service.name, image, id: Id, size: Size, tookMs };
  } catch (error) {
    show(service.name, 'failed', `${service.name} could not be built`);
    if (signal.aborted) throw new MsxError('INTERRUPTED', {});
    throw dockerLost(error, client, `the build of ${image}`);
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function buildFailed(image: string, { step, error = '', lastLines }: BuildProgress): MsxError {
  return new MsxError('IMAGE_BUILD_FAILED', { image, step, reason: error, lastLines }) as MsxError;
}
