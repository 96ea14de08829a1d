import { portVariable } from '../system/service-environment.js';

/** The part of a service of the Compose Specification that is used here. */
export interface Container {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly command?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: HealthCheck;
  readonly restart?: string;
  readonly stop_grace_period?: string;
}

export interface HealthCheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
}

/** Whether a command in the container succeeds, asked every two seconds for a minute. */
export const healthy = (...test: string[]): HealthCheck => ({
  test,
  interval: '2s',
  timeout: '5s',
  retries: 30,
});

/** A connection costs a container nothing, where a tool of its own would start a Java machine. */
export const listens = (port: number): HealthCheck =>
  healthy('CMD', 'bash', '-c', `</dev/tcp/localhost/${port}`);

/** The port of this machine, for this machine alone, that leads to a container's: the same one, or what .env says. */
export const published = (name: string, port: number): string =>
  `127.0.0.1:${publishedPort(name, port)}:${port}`;

export const publishedPort = (name: string, port: number): string => `\${${portVariable(name)}:-${port}}`;
