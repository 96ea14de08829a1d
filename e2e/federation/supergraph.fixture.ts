import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { composeServices } from '@theguild/federation-composition';
import { graphql, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { ShopClient } from '../shop-client.fixture.js';

/** The third-party subgraph, as a separate process. */
export class ReviewsSubgraph {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<ReviewsSubgraph> {
    const main = join(import.meta.dirname, 'reviews-subgraph.mjs');
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn(process.execPath, ['--no-warnings', main], { stdio: [...stdio] });
    const [line] = await Promise.race([
      once(child.stdout!, 'data'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the subgraph exited with ${code}`))),
    ]);
    return new ReviewsSubgraph(child, String(line).trim());
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.kill();
    await exited;
  }
}

/** A third-party router, over a supergraph that a third-party composer creates from the schemas of the subgraphs. */
export class Supergraph {
  private constructor(private readonly schema: GraphQLSchema) {}

  /** @throws Error with the problems that the composer reports */
  static async of(urls: Record<string, string>): Promise<Supergraph> {
    const subgraphs = Object.entries(urls).map(async ([name, url]) => ({
      name,
      url,
      typeDefs: parse(await sdlOf(url)),
    }));
    const { supergraphSdl, errors } = composeServices(await Promise.all(subgraphs));
    if (!supergraphSdl) throw new Error(errors!.map(({ message }) => message).join('\n'));
    const schema = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl,
      batch: true,
      httpExecutorOpts: { headers: (request) => ({ 'x-request-id': String(request?.context?.requestId) }) },
    });
    return new Supergraph(schema);
  }

  /** Sends a query; all requests to subgraphs have this request id. */
  async ask(requestId: string, source: string): Promise<ExecutionResult> {
    return graphql({ schema: this.schema, source, contextValue: { requestId } });
  }
}

async function sdlOf(url: string): Promise<string> {
  const client = new ShopClient(url);
  return (await client.data<{ _service: { sdl: string } }>('{ _service { sdl } }'))._service.sdl;
}
