import type { Resource } from './resource.js';

/**
 * All that is needed to run one resource. Whoever asks for it makes the spec from the model and sends it along
 * with the wish, so that the engine reads no files of the system and runs no stale model.
 */
export interface Spec extends Resource {
  run: Run;
  probe?: ProbeSpec;
  /** Where a person or a client reaches it. */
  url?: string;
}

export type Run = ProcessRun | BuildRun | ContainerRun | { driver: 'external' };

/** A process of its own, leading its own group. */
export interface ProcessRun {
  driver: 'process';
  cwd: string;
  argv: string[];
  env: Record<string, string>;
  /** The file that its output is appended to. */
  log: string;
  /** On which it will listen: each must be free before it starts. */
  ports: number[];
  /** What tells one program from the next that these arguments would run. */
  program?: Program;
  /** For services that are edited while they run: what can be loaded before the next version is there. */
  preload?: Preload;
}

export interface Program {
  /** A file that a build writes, different whenever what it built is different. */
  stamp: string;
  /** What the model of the system makes of the service's environment, as a digest. */
  settings: string;
}

/** Packages that no edit changes, and the file that npm writes when it changes them. */
export interface Preload {
  packages: string[];
  installedBy: string;
}

/** One argument of a command that makes many at once; those asked for together are made together. */
export interface BuildRun {
  driver: 'build';
  cwd: string;
  argv: string[];
  argument: string;
  env: Record<string, string>;
  log: string;
}

/** A container of the Docker Engine, removed when it ends. */
export interface ContainerRun {
  driver: 'container';
  /** Its name; what has that name from an earlier run is replaced. */
  container: string;
  image: string;
  /** What the program in it is told. */
  variables: Record<string, string>;
  /** Of this machine, and the same inside. */
  ports: number[];
  /** Where in the container each volume is, by the volume's name. */
  volumes: Record<string, string>;
  /** The environment of the person who asks, which says where the Docker Engine is. */
  environment: Record<string, string>;
  /** The file that its output is appended to. */
  log: string;
}

export type ProbeSpec =
  /** The plain HTTP health answers of a service. */
  | { kind: 'health'; port: number }
  /** A Kafka broker that answers, through TLS if it wants that; host:port, comma-separated. */
  | { kind: 'kafka'; brokers: string; tls?: boolean };

/** Edits below the folder that make these tasks run anew. */
export interface Watch {
  folder: string;
  tasks: string[];
}
