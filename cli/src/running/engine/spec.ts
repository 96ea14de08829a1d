import type { Resource } from './resource.js';

/**
 * Everything that is needed to run one resource. The client derives it from the model and sends it along with the request,
 * so that the engine reads no files of the system and runs no stale model.
 */
export interface Spec extends Resource {
  run: Run;
  probe?: ProbeSpec;
  /** The address for people and clients. */
  url?: string;
}

export type Run = ProcessRun | BuildRun | ContainerRun | { driver: 'external' };

/** A file that output is appended to. */
export interface RunLog {
  log: string;
  /** A link to it in the place where people look, unless another system uses that name. */
  logLink?: string;
}

/** A process of its own, leading its own group. */
export interface ProcessRun extends RunLog {
  driver: 'process';
  cwd: string;
  argv: string[];
  env: Record<string, string>;
  /** The ports that it listens on: each must be free before it starts. */
  ports: number[];
  /** Port for a debugger. A process that may be paused there is not restarted when it stops answering. */
  inspectPort?: number;
  /** Distinguishes the program from a later version with the same arguments. */
  program?: Program;
}

export interface Program {
  /** Files that change with every build that differs, and files that are read at the start. */
  files: string[];
  /** A digest of the environment and the arguments that follow from the model. */
  settings: string;
}

/** One argument of a command that builds several at once; arguments requested together are built together. */
export interface BuildRun {
  driver: 'build';
  cwd: string;
  argv: string[];
  argument: string;
  env: Record<string, string>;
  log: string;
}

/** A container of the Docker Engine, removed when it ends. */
export interface ContainerRun extends RunLog {
  driver: 'container';
  /** Its name; a container of that name from an earlier run is replaced. */
  container: string;
  image: string;
  /** The environment of the program in it. */
  variables: Record<string, string>;
  /** Ports of this machine, and the same ones in the container. */
  ports: number[];
  /** Mount paths in the container, by the names of volumes. */
  volumes: Record<string, string>;
  /** The environment of the client, which locates the Docker Engine. */
  environment: Record<string, string>;
}

export type ProbeSpec =
  /** The health endpoint of a service, over plain HTTP. */
  | { kind: 'health'; port: number }
  /** A Kafka broker that answers, over TLS if `tls` is set; host:port, comma-separated. */
  | { kind: 'kafka'; brokers: string; tls?: boolean };

/** A command that sends the engine a start request for the current model. */
export type Renewal = Pick<ProcessRun, 'cwd' | 'argv' | 'env'>;

/** Files and folders to watch within a folder (default: everything in it). */
export interface Watch {
  folder: string;
  names?: string[];
}
