import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { BuildDriver } from '../drivers/build/build-driver.js';
import { ContainerDriver } from '../drivers/container/container-driver.js';
import { removeContainers } from '../drivers/container/remove-container.js';
import { ExternalDriver } from '../drivers/external/external-driver.js';
import { endLeftovers } from '../drivers/process/end-leftovers.js';
import { ProcessDriver } from '../drivers/process/process-driver.js';
import { identityOf } from '../drivers/process/process-table.js';
import { FileWatcher } from '../drivers/watch/file-watcher.js';
import { readRunFile, removeRunFile, writeRunFile } from '../engine/control/run-file.js';
import { controlServer } from '../engine/control/server.js';
import { makeSocketFolder, rootHash, runMark, socketPath } from '../engine/control/socket-path.js';
import { Engine } from '../engine/loop.js';
import { probe } from '../engine/probes/probe.js';
import { detailsOf } from './details.js';
import { takeEngineLock } from './engine-lock.js';
import type { Server } from 'node:http';
import type { RunFile } from '../engine/control/run-file.js';
import type { Report } from '../engine/driver.js';

/** An engine that nobody asks anything of leaves after this time. */
const UNASKED_MS = 10_000;
/** Answers that are under way when the engine leaves may take this long. */
const FAREWELL_MS = 200;

/** Becomes the engine of a system, unless it has one. Resolves when it listens. */
export async function runEngine(root: string): Promise<'listening' | 'another lives'> {
  if ('heldBy' in takeEngineLock(root)) return 'another lives';
  const before = readRunFile(root);
  await endLeftovers(before?.processes ?? [], runMark(root));
  await removeContainers(before?.containers ?? []);
  const token = `${rootHash(root)}.${randomBytes(8).toString('hex')}`;
  const remember = rememberIn(root, token);
  const drivers = driversFor({ token, remember, report: (event) => engine.report(event) });
  const engine = new Engine(drivers, probe);
  const watcher = new FileWatcher((names) => engine.command({ kind: 'edited', names }));
  let leaving = false;
  const shutdown = async (force = false) => {
    leaving = true;
    watcher.close();
    drivers.process.close();
    engine.command({ kind: 'shutdown', force });
    await engine.until(() => engine.isIdle());
  };
  const server = controlServer({
    engine,
    shutdown,
    watch: (watches) => watcher.follow(watches),
    details: detailsOf({ engine, measured: [drivers.process, drivers.container] }),
    isLeaving: () => leaving,
  });
  await listen(server, socketPath(root));
  remember({});
  whenIdle(engine, () => {
    leaving = true;
    leave(server, root);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void shutdown().then(() => leave(server, root)));
  return 'listening';
}

interface DriverOptions {
  token: string;
  report: Report;
  remember: (news: Partial<Remembered>) => void;
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

/** Keeps run.json; a full disk must not end a run that goes well, and marks find what is not on record. */
function rememberIn(root: string, token: string): (news: Partial<Remembered>) => void {
  const engine = { pid: process.pid, startTime: identityOf(process.pid)!.startTime };
  const startedAt = new Date().toISOString();
  let all: Remembered = { processes: [], containers: [] };
  return (news) => {
    all = { ...all, ...news };
    try {
      writeRunFile(root, { engine, token, socket: socketPath(root), startedAt, ...all });
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

/** Once, when nothing is up or wanted any more, or never was. */
function whenIdle(engine: Engine, then: () => void): void {
  const timer = setTimeout(then, UNASKED_MS);
  const end = engine.onChange(() => {
    clearTimeout(timer);
    if (!engine.isIdle()) return;
    end();
    then();
  });
}

function leave(server: Server, root: string): void {
  removeRunFile(root);
  server.close(() => process.exit());
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), FAREWELL_MS);
}
