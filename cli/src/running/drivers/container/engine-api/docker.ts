import { Container } from './container.js';
import type { Readable } from 'node:stream';
import type { ContainerSummary, Creation, ImageDetails } from './answers.js';
import type { EngineApi } from './engine-api.js';

export interface ImageBuild {
  /** Name and tag of the image. */
  readonly t: string;
  /** Its path in the context. */
  readonly dockerfile: string;
  readonly buildargs: Readonly<Record<string, string>>;
  readonly nocache: boolean;
  /** '2' is BuildKit. */
  readonly version: '1' | '2';
}

/** A Docker Engine. All calls throw EngineError for an answer that is one. */
export class Docker {
  constructor(readonly api: EngineApi) {}

  /** Resolves if the engine answers. */
  async ping(): Promise<void> {
    await this.api.buffer('/_ping');
  }

  version(): Promise<{ Version: string; Components?: unknown }> {
    return this.api.json('/version');
  }

  listContainers(query: { all: boolean; filters?: object }): Promise<ContainerSummary[]> {
    return this.api.json('/containers/json', { query });
  }

  getContainer(id: string): Container {
    return new Container(this.api, id);
  }

  async createContainer({ name, ...body }: Creation): Promise<Container> {
    const call = { method: 'POST', query: { name }, body } as const;
    const { Id } = await this.api.json<{ Id: string }>('/containers/create', call);
    return this.getContainer(Id);
  }

  inspectImage(name: string): Promise<ImageDetails> {
    return this.api.json(`/images/${encodeURI(name)}/json`);
  }

  /** The engine's messages about the progress, JSON in lines. */
  pull(image: string): Promise<Readable> {
    const [, repository, tag = 'latest'] = /^(.+?)(?:@(sha256:.+)|:([^/:]+))?$/.exec(image)!.filter(Boolean);
    return this.api.stream('/images/create', { method: 'POST', query: { fromImage: repository, tag } });
  }

  /** The engine's messages about the progress, JSON in lines. It cancels the build when they are no longer read. */
  async build(context: Readable, options: ImageBuild, signal: AbortSignal): Promise<Readable> {
    // Only builds with BuildKit need gRPC, which takes long to load.
    const session =
      options.version === '2'
        ? await (await import('./buildkit-session.js')).openSession(this.api)
        : undefined;
    const query = { ...options, session: session?.id };
    try {
      const messages = await this.api.stream('/build', { method: 'POST', query, body: context, signal });
      return messages.once('close', () => session?.close());
    } catch (error) {
      session?.close();
      throw error;
    }
  }
}
