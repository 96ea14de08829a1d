import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Usage } from '../driver.js';
import type { Engine } from '../loop.js';
import type { Snapshot } from '../snapshot.js';
import type { Renewal, Spec, Watch } from '../spec.js';

/** The request of an `msx dev start`. */
export interface StartRequest {
  /** All resources of the system, with the settings to run them with from now on. */
  specs: Spec[];
  start: string[];
  except?: string[];
  /** Tasks that are known to be up to date. */
  completed?: string[];
  /** The sources to watch from now on; only with `--watch`. */
  sources?: Watch[];
  /** The command to run when the model changes. */
  renewal?: Renewal;
  /** The mode of the run, for later start requests: the engine itself does not read it. */
  runMode?: RunMode;
  /** The model that the specs were made from, to compare sources with what runs: the engine does not read it either. */
  model?: unknown;
}

/** Details about what runs that are too expensive to collect all the time. */
export interface Details {
  /** Services that run older code than their sources. */
  stale: string[];
  /** By the names of resources; those that cannot be measured are missing. */
  usage: Record<string, Usage>;
}

export type DetailedSnapshot = Snapshot & { details: Details; runMode: RunMode };

/** The information about a run that later start requests need. */
export interface RunInfo {
  runMode: RunMode;
  model?: unknown;
  /** Names of all resources. */
  known: string[];
  wanted: string[];
}

export type RunMode = Readonly<Record<string, unknown>>;

/** Services to restart with the settings that the engine has. */
export interface RestartRequest extends Pick<StartRequest, 'completed'> {
  names: string[];
}

/** Resources to stop (default: all). */
export interface StopRequest {
  names?: string[];
  /** Kill at once, including processes that are already stopping. */
  force?: boolean;
}

/** The effect of a start request. */
export interface StartResponse {
  /** Resources that were not requested before. */
  added: string[];
  /** The time of the request by the clock of the engine: later runs were started by it. */
  at: number;
  snapshot: Snapshot;
}

interface Control {
  engine: Engine;
  /** From the latest start request. */
  runMode?: RunMode;
  model?: unknown;
  /** Names of all resources, from the latest start request. */
  known?: string[];
  /** Compares what runs with the files on disk from now on. */
  follow: (request: Pick<StartRequest, 'model' | 'sources' | 'renewal'>) => void;
  /** Compares them at once. */
  checkNow: () => void;
  details: (model: unknown) => Promise<Details>;
  /** Stops everything, with force at once; resolves once everything is down. */
  shutdown: (force: boolean) => Promise<void>;
  /** Whether the engine is about to exit: new requests are then for the next engine. */
  isExiting: () => boolean;
}

type Route = (
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<unknown> | unknown;

const routes: Record<string, Route> = {
  'GET /snapshot': ({ engine }, { url }) =>
    url!.includes('fresh') ? engine.freshSnapshot() : engine.snapshot(),
  'GET /details': async ({ engine, details, checkNow, model, runMode = {} }): Promise<DetailedSnapshot> => {
    checkNow();
    return { details: await details(model), ...(await engine.freshSnapshot()), runMode };
  },
  'GET /mode': ({ engine, model, known = [], runMode = {} }): RunInfo => ({
    ...{ runMode, model, known },
    wanted: wantedOf(engine.snapshot()),
  }),
  'GET /events': streamEvents,
  'POST /want': async (control, request) => handleStart(control, await bodyOf<StartRequest>(request)),
  'POST /restart': async ({ engine }, request) => {
    const { names, completed } = await bodyOf<RestartRequest>(request);
    engine.command({ kind: 'restart', names }, completed);
    return engine.snapshot();
  },
  'POST /stop': async (control, request) => stop(control, await bodyOf<StopRequest>(request)),
};

/** The engine over HTTP, for a socket that only its owner can access. */
export function controlServer(control: Control): Server {
  return createServer((request, response) => void answer(control, request, response));
}

async function answer(control: Control, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (control.isExiting() && request.url === '/want') return void response.writeHead(503).end('{}');
    const route = routes[`${request.method} ${request.url!.split('?')[0]}`];
    const body = route ? await route(control, request, response) : undefined;
    if (response.headersSent) return;
    response
      .writeHead(route ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  } catch (error) {
    const body = JSON.stringify({ message: (error as Error).message });
    response.writeHead(400, { 'content-type': 'application/json' }).end(body);
  }
}

function handleStart(control: Control, request: StartRequest): StartResponse {
  const { engine } = control;
  const { specs, start, except, completed, runMode, model } = request;
  const at = Date.now();
  Object.assign(control, { runMode, model, known: specs.map(({ name }) => name) });
  const gone = engine.define(specs);
  const wantedBefore = wantedOf(engine.snapshot());
  engine.command({ kind: 'start', names: start, except }, completed);
  if (gone.length > 0) engine.command({ kind: 'stop', names: gone });
  control.follow(request);
  const snapshot = engine.snapshot();
  return { at, added: wantedOf(snapshot).filter((name) => !wantedBefore.includes(name)), snapshot };
}

/** Answers once these, or without names all, are down. */
async function stop({ engine, shutdown }: Control, { names, force = false }: StopRequest): Promise<Snapshot> {
  if (!names) await shutdown(force);
  else {
    engine.command({ kind: 'stop', names, force });
    await engine.until(({ resources }) =>
      resources.every((each) => !names.includes(each.name) || isDown(each)),
    );
  }
  return engine.snapshot();
}

const isDown = ({ phase }: { phase: string }): boolean => phase === 'idle' || phase === 'exited';

const wantedOf = ({ resources }: Snapshot): string[] =>
  resources.filter(({ wanted }) => wanted).map(({ name }) => name);

/** Server-sent events: the current snapshot, and one after every change. */
function streamEvents({ engine }: Control, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (snapshot: Snapshot) => response.write(`data: ${JSON.stringify(snapshot)}\n\n`);
  send(engine.snapshot());
  request.on('close', engine.onChange(send));
}

async function bodyOf<T>(request: IncomingMessage): Promise<T> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return JSON.parse(body || '{}') as T;
}
