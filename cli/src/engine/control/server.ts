import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Usage } from '../driver.js';
import type { Engine } from '../loop.js';
import type { Snapshot } from '../snapshot.js';
import type { Spec, Watch } from '../spec.js';

/** What a `msx dev start` wishes for. */
export interface Wish {
  /** All resources of the system, as they are to be run from now on. */
  specs: Spec[];
  start: string[];
  except?: string[];
  /** Tasks that were found to have nothing to do. */
  completed?: string[];
  /** Edits to follow from now on. */
  watch?: Watch[];
  /** In which mode, as told to those who wish for more later: the engine itself does not read it. */
  runMode?: RunMode;
  /** The model that the specs are made from, for whoever compares sources with what runs: nor does it read this. */
  model?: unknown;
}

/** What is worth knowing of what runs, and costs too much to find out all the time. */
export interface Details {
  /** Services that run older code than their sources. */
  stale: string[];
  /** By the names of resources; those that nobody can measure are missing. */
  usage: Record<string, Usage>;
}

export type Detailed = Snapshot & { details: Details; runMode: RunMode };

export type RunMode = Readonly<Record<string, unknown>>;

/** Services that shall run anew, as they are known. */
export interface Restart extends Pick<Wish, 'completed'> {
  names: string[];
}

/** What shall end: everything where nothing is named. */
export interface Stop {
  names?: string[];
  /** Give no run time to end by itself, be it told to end already. */
  force?: boolean;
}

/** What a wish has changed. */
export interface Granted {
  /** Resources that were not wanted before. */
  added: string[];
  /** When that was, by the clock of the engine: what has begun since runs because of it. */
  at: number;
  snapshot: Snapshot;
}

interface Control {
  engine: Engine;
  /** Of the latest wish. */
  runMode?: RunMode;
  model?: unknown;
  watch: (watches: Watch[]) => void;
  details: (model: unknown) => Promise<Details>;
  /** Ends everything, with force at once; resolves when all is down. */
  shutdown: (force: boolean) => Promise<void>;
  /** Whether the engine is about to leave: what is wished for now is the next engine's business. */
  isLeaving: () => boolean;
}

type Route = (
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<unknown> | unknown;

const routes: Record<string, Route> = {
  'GET /snapshot': ({ engine }, { url }) =>
    url!.includes('fresh') ? engine.freshSnapshot() : engine.snapshot(),
  'GET /details': async ({ engine, details, model, runMode = {} }): Promise<Detailed> => ({
    details: await details(model),
    ...(await engine.freshSnapshot()),
    runMode,
  }),
  'GET /mode': ({ engine, runMode = {} }) => ({ runMode, wanted: wantedOf(engine.snapshot()) }),
  'GET /events': streamEvents,
  'POST /want': async (control, request) => grant(control, await bodyOf<Wish>(request)),
  'POST /restart': async ({ engine }, request) => {
    const { names, completed } = await bodyOf<Restart>(request);
    engine.command({ kind: 'restart', names }, completed);
    return engine.snapshot();
  },
  'POST /stop': async (control, request) => stop(control, await bodyOf<Stop>(request)),
};

/** The engine over HTTP; to listen on a socket that only its owner can reach. */
export function controlServer(control: Control): Server {
  return createServer((request, response) => void answer(control, request, response));
}

async function answer(control: Control, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    if (control.isLeaving() && request.url === '/want') return void response.writeHead(503).end('{}');
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

function grant(
  control: Control,
  { specs, start, except, completed, watch: watches, ...rest }: Wish,
): Granted {
  const { engine, watch } = control;
  const at = Date.now();
  Object.assign(control, { runMode: rest.runMode, model: rest.model });
  engine.define(specs);
  const wantedBefore = wantedOf(engine.snapshot());
  engine.command({ kind: 'start', names: start, except }, completed);
  if (watches) watch(watches);
  const snapshot = engine.snapshot();
  return { at, added: wantedOf(snapshot).filter((name) => !wantedBefore.includes(name)), snapshot };
}

/** Answers when these, or without names all, are down. */
async function stop({ engine, shutdown }: Control, { names, force = false }: Stop): Promise<Snapshot> {
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

/** Server-sent events: the present snapshot, and one after every change. */
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
