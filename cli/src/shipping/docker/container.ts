import { portVariable } from '../../model/system/service-environment.js';

/** A service of the Compose Specification: the fields that are used here. */
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

/** Runs a command in the container every two seconds, for up to a minute. */
export const healthCheck = (...test: string[]): HealthCheck => ({
  test,
  interval: '2s',
  timeout: '5s',
  retries: 30,
});

/** Checks that the port accepts connections: cheap, whereas the container's own tools would each start a JVM. */
export const connectionCheck = (port: number): HealthCheck =>
  healthCheck('CMD', 'bash', '-c', `</dev/tcp/localhost/${port}`);

/** Publishes a port of a container on the loopback interface: under the same number, or the one set in .env. */
export const published = (name: string, port: number): string =>
  `127.0.0.1:${publishedPort(name, port)}:${port}`;

export const publishedPort = (name: string, port: number): string => `\${${portVariable(name)}:-${port}}`;
