import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MsxError } from '../../errors/msx-error.js';
import { lost } from '../running/connect-docker.js';
import { buildContext } from './build-context.js';
import { BuildProgress } from './build-progress.js';
import { readJson } from '../../system/read-file.js';
import type { Readable } from 'node:stream';
import type { DockerClient } from '../../drivers/container/docker-client.js';
import type { Service, System } from '../../system/system.js';
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
  /** In bytes, all layers. */
  readonly size: number;
  readonly tookMs: number;
}

/** The variables of a build, as they end up in the labels of the image. */
type Arguments = Record<'VERSION' | 'REVISION', string>;

/**
 * Builds the images of these services. The first one makes the stages that all have in common, the others then find
 * them made. Throws IMAGE_BUILD_FAILED, DOCKER_LOST, INTERRUPTED.
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
  for (const { name } of others)
    options.show(name, 'pending', `${name} waits for what all images have in common`);
  const built = [await build(first!)];
  // Those that still run when one fails are waited for: a build nobody waits for would go on in the engine.
  const rest = await Promise.allSettled(others.map(build));
  const failure = rest.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
  return [...built, ...rest.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))];
}

/** '2' is BuildKit: what the engine prefers, unless DOCKER_BUILDKIT says otherwise, as it does to the docker command. */
async function builderVersion({ docker }: DockerClient): Promise<'1' | '2'> {
  const { DOCKER_BUILDKIT } = process.env;
  if (DOCKER_BUILDKIT) return DOCKER_BUILDKIT === '0' ? '1' : '2';
  const { Components, Version } = (await docker.version()) as { Components?: unknown; Version: string };
  return Components && Number.parseInt(Version, 10) >= 23 ? '2' : '1';
}

async function argumentsOf({ root }: System): Promise<Arguments> {
  const { execa } = await import('execa');
  const { version = '0.0.0' } = readJson<{ version?: string }>(join(root, 'package.json'));
  const { stdout, failed } = await execa('git', ['rev-parse', 'HEAD'], { cwd: root, reject: false });
  return { VERSION: version, REVISION: failed ? 'unknown' : stdout };
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
 * The builder reads its Dockerfile in the context, where .dockerignore leaves none. The classic one then takes it away;
 * BuildKit copies it with the rest, so that only a context with the Dockerfiles of all is the same for all.
 */
async function buildImage({ system, service, options, version, args }: Job): Promise<BuiltImage> {
  const { client, tag, noCache, signal, show } = options;
  const image = `${system.docker.images}/${service.name}:${tag}`;
  const began = Date.now();
  const progress = new BuildProgress();
  const dockerfiles = (version === '1' ? [service] : system.services).map(dockerfileOf);
  show(service.name, 'pending', `${service.name} begins`);
  try {
    const stream = await client.docker.buildImage((await buildContext(system.root, dockerfiles)) as never, {
      t: image,
      dockerfile: dockerfileOf(service),
      buildargs: args as never,
      nocache: noCache,
      version,
      abortSignal: signal,
    });
    const follow = (message: BuildMessage) => {
      if (progress.take(message)) show(service.name, 'pending', `${service.name} ${progress.step}`);
    };
    await followed(stream as Readable, follow);
    if (progress.error) throw failed(image, progress);
    if (!progress.image)
      throw new MsxError('DOCKER_LOST', { host: client.host, doing: `the build of ${image}` });
    const { Size, Id } = await client.docker.getImage(image).inspect();
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
    throw lost(error, client, `the build of ${image}`);
  }
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function failed(image: string, { step, error = '', lastLines }: BuildProgress): MsxError {
  return new MsxError('IMAGE_BUILD_FAILED', { image, step, reason: error, lastLines }) as MsxError;
}

/** Messages come one a line, as JSON. */
async function followed(stream: Readable, take: (message: BuildMessage) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  const broken = new Promise<never>((_, reject) => stream.once('error', reject));
  const read = (async () => {
    for await (const line of lines) if (line.trim()) take(JSON.parse(line) as BuildMessage);
  })();
  // An engine that nobody listens to any more ends the build.
  await Promise.race([read, broken]).finally(() => stream.destroy());
}
