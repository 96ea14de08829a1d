import { writeSync } from 'node:fs';
import { boundLogs } from '../process/cut-log.js';
import { runFailure } from '../process/run-failure.js';
import { openRunLog } from '../process/run-log.js';
import { portRefusal } from '../ports/port-refusal.js';
import { Demultiplexer } from './demultiplexer.js';
import { checkAnswers, dockerClient, dockerHost } from './docker-client.js';
import { creationOf } from './creation.js';
import { removeContainer } from './remove-container.js';
import { ContainerMeter } from './container-usage.js';
import type { Container } from './engine-api/container.js';
import type { Driver, Report, Usage } from '../../engine/driver.js';
import type { Exit } from '../../engine/resource.js';
import type { ContainerRun, Spec } from '../../engine/spec.js';

interface Run {
  readonly name: string;
  readonly run: ContainerRun;
  container?: Container;
  meter?: ContainerMeter;
  stopping: boolean;
  /** The grace period, once it is stopped. */
  graceMs: number;
}

interface Options {
  readonly report: Report;
  /** Called before anything else happens, with the names of the containers to remove if this engine dies. */
  readonly remember: (containers: string[]) => void;
}

/** Runs resources as containers of the Docker Engine. A container is removed when it exits; its volumes stay. */
export class ContainerDriver implements Driver {
  readonly #runs = new Map<string, Run>();
  readonly #containers = new Set<string>();

  /** This process writes the logs itself. */
  constructor(private readonly options: Options) {
    boundLogs(() => [...this.#runs.values()].map(({ run: { log } }) => ({ log, group: process.pid })));
  }

  start(spec: Spec): void {
    const run: Run = { name: spec.name, run: spec.run as ContainerRun, stopping: false, graceMs: 0 };
    this.#runs.set(spec.name, run);
    void this.#run(run)
      .catch((error: Error) => refused(refusal(run, error)))
      .then((exit) => this.#end(run, exit));
  }

  stop(name: string, graceMs: number): void {
    const run = this.#runs.get(name)!;
    Object.assign(run, { stopping: true, graceMs });
    stopContainer(run);
  }

  kill(name: string): void {
    const run = this.#runs.get(name)!;
    run.graceMs = 0;
    void run.container?.kill().catch(() => {});
  }

  async usage(): Promise<Map<string, Usage>> {
    const usages = await Promise.all(
      [...this.#runs.values()].map(async ({ name, meter }) => [name, await meter?.usage()] as const),
    );
    return new Map(usages.flatMap(([name, usage]) => (usage ? [[name, usage] as const] : [])));
  }

  async #run(run: Run): Promise<Exit> {
    const portHeld = await portRefusal(run, this.options.report);
    if (portHeld) return refused(portHeld);
    const log = openRunLog(run.run);
    if ('refusal' in log) return refused(log.refusal);
    try {
      const code = await this.#runContainer(run, log.fd);
      return { code, signal: null, ...(!run.stopping && runFailure(run.run.log, log.size)) };
    } finally {
      log.close();
    }
  }

  /** Resolves with the exit code, once nothing is left of the container but its volumes. */
  async #runContainer(run: Run, log: number): Promise<number> {
    const { container: name, environment } = run.run;
    await checkAnswers(environment);
    const { docker } = dockerClient(environment);
    await removeContainer(docker, name);
    this.#remember(name);
    const container = await docker.createContainer(creationOf(run.run));
    await container.start();
    run.container = container;
    run.meter = new ContainerMeter(container);
    // It could not be stopped while it was being created.
    if (run.stopping) stopContainer(run);
    await copyLog(container, log);
    const code = await container.wait();
    await removeContainer(docker, name);
    this.#forget(name);
    return code;
  }

  /** A failure before the container ran is not a crash: retrying would change nothing. */
  #end({ name, stopping }: Run, exit: Exit): void {
    this.#runs.delete(name);
    this.options.report({ kind: exit.code === null && !stopping ? 'failed' : 'exited', name, exit });
  }

  #remember(container: string): void {
    this.options.remember([...this.#containers.add(container)]);
  }

  #forget(container: string): void {
    this.#containers.delete(container);
    this.options.remember([...this.#containers]);
  }
}

/** The Docker Engine terminates a container, waits for the grace period, then kills it. */
function stopContainer({ container, graceMs }: Run): void {
  void container?.stop({ t: Math.ceil(graceMs / 1_000) }).catch(() => {});
}

/** Copies the output of the container to the log. Resolves at the end of the output. */
async function copyLog(container: Container, fd: number): Promise<void> {
  const frames = new Demultiplexer();
  for await (const chunk of await container.followLogs()) writeSync(fd, frames.push(chunk as Buffer));
}

const refused = (reason: Exit['reason']): Exit => ({ code: null, signal: null, reason });

/** An answer of the Docker Engine has a status; an engine that is gone gives none. */
function refusal(
  { name, run }: Run,
  { message, statusCode }: Error & { statusCode?: number },
): Exit['reason'] {
  const host = dockerHost(run.environment);
  return statusCode === undefined
    ? { code: 'DOCKER_LOST', message, facts: { host, doing: `the run of ${name}` } }
    : { code: 'CONTAINER_REFUSED', message, facts: { host, service: name, reason: message } };
}
