import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { BuildDriver } from '../drivers/build/build-driver.js';
import { ContainerDriver } from '../drivers/container/container-driver.js';
import { removeContainers } from '../drivers/container/remove-container.js';
import { ExternalDriver } from '../drivers/external/external-driver.js';
import { endLeftovers } from '../drivers/process/end-leftovers.js';
import { nameOf } from '../drivers/ports/system-of.js';
import { ProcessDriver } from '../drivers/process/process-driver.js';
import { identityOf } from '../processes/process-table.js';
import { leftoverCriteria } from '../drivers/process/leftover-criteria.js';
import { homeOf } from '../processes/home.js';
import { readRunFile, removeRunFile, writeRunFile } from '../engine/control/run-file.js';
import { controlServer } from '../engine/control/server.js';
import { registerSystem } from '../engine/control/registered-systems.js';
import { makeSocketFolder, rootHash, socketPath } from '../engine/control/socket-path.js';
import { Engine } from '../engine/loop.js';
import { probe } from '../engine/probes/probe.js';
import { detailsOf } from './details.js';
import { Edits } from './edits.js';
import { takeEngineLock } from './engine-lock.js';
import { Renewer } from './renewer.js';
import type { System } from '../../model/system/system.js';
import type { Server } from 'node:http';
import type { RunFile } from '../engine/control/run-file.js';
import type { Report } from '../engine/driver.js';

/** An engine without a request exits after this time. */
const IDLE_TIMEOUT_MS = 10_000;
/** How long answers in progress may take when the engine exits. */
const SHUTDOWN_TIMEOUT_MS = 200;
/** The working directory: the root of the system, which stays valid when the folder is moved. */
const WORKING_DIRECTORY = '.';

/** Becomes the engine of a system unless it already has one. Resolves once it is listening. */
export async function runEngine(root: string): Promise<'listening' | 'already running'> {
  if ('heldBy' in takeEngineLock(root)) return 'already running';
  await endLeftovers(leftoverCriteria(root));
  await removeContainers(readRunFile(root)?.containers ?? []);
  const token = `${rootHash(root)}.${randomBytes(8).toString('hex')}`;
  const remember = rememberIn(root, token);
  const drivers = driversFor({ token, remember, report: (event) => engine.report(event) });
  const engine = new Engine(drivers, probe);
  const renewer = new Renewer();
  const edits = new Edits(engine, () => renewer.renew());
  let exiting = false;
  const shutdown = async (force = false) => {
    exiting = true;
    edits.close();
    engine.command({ kind: 'shutdown', force });
    await engine.until(() => engine.isIdle());
  };
  const server = controlServer({
    engine,
    shutdown,
    follow: ({ model, sources, renewal }) => {
      renewer.setCommand(renewal);
      if (model) edits.follow({ system: model as System, sources });
    },
    checkNow: () => edits.check(),
    details: detailsOf({ engine, measured: [drivers.process, drivers.container] }),
    isExiting: () => exiting,
  });
  await listen(server, socketPath(root));
  remember({});
  const unregister = announce(root);
  whenIdle(engine, () => {
    exiting = true;
    exit(server, unregister);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void shutdown().then(() => exit(server, unregister)));
  return 'listening';
}

interface DriverOptions {
  token: string;
  report: Report;
  remember: (change: Partial<Remembered>) => void;
}

function driversFor({ token, report, remember }: DriverOptions) {
  return {
    process: new ProcessDriver({ report, token, remember: (processes) => remember({ processes }) }),
    build: new BuildDriver(report, token),
    container: new ContainerDriver({ report, remember: (containers) => remember({ containers }) }),
    external: new ExternalDriver(report),
  };
}

type Remembered = Pick<RunFile, 'processes' | 'containers'>;

/** Updates run.json. A full disk must not end a healthy run, and unrecorded processes are found by their tokens. */
function rememberIn(root: string, token: string): (change: Partial<Remembered>) => void {
  const engine = { pid: process.pid, startTime: identityOf(process.pid)!.startTime };
  const [home, socket] = [homeOf(root), socketPath(root)];
  const startedAt = new Date().toISOString();
  let all: Remembered = { processes: [], containers: [] };
  return (change) => {
    all = { ...all, ...change };
    try {
      writeRunFile(WORKING_DIRECTORY, { home, engine, token, socket, startedAt, ...all });
    } catch (error) {
      process.stderr.write(`${startedAt} cannot write run.json: ${(error as Error).message}\n`);
    }
  };
}

async function listen(server: Server, socket: string): Promise<void> {
  makeSocketFolder(dirname(socket));
  rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  chmodSync(socket, 0o600);
}

/** Calls `then` once, when nothing is up or requested any longer, or if nothing ever was. */
function whenIdle(engine: Engine, then: () => void): void {
  const timer = setTimeout(then, IDLE_TIMEOUT_MS);
  const end = engine.onChange(() => {
    clearTimeout(timer);
    if (!engine.isIdle()) return;
    end();
    then();
  });
}

/** A full disk must not end a healthy run: `msx list` then misses it. */
function announce(root: string): () => void {
  try {
    return registerSystem({ name: nameOf(root), root, engine: identityOf(process.pid)! });
  } catch (error) {
    process.stderr.write(`${new Date().toISOString()} not in msx list: ${(error as Error).message}\n`);
    return () => undefined;
  }
}

function exit(server: Server, unregister: () => void): void {
  removeRunFile(WORKING_DIRECTORY);
  unregister();
  server.close(() => process.exit());
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), SHUTDOWN_TIMEOUT_MS);
}
