import type { ContainerRun } from '../../engine/spec.js';
import type { Creation } from './engine-api/answers.js';

/** The request that creates a container. Its ports are published on the loopback interface under the same numbers. */
export function creationOf({ container, image, variables, ports, volumes }: ContainerRun): Creation {
  const keys = ports.map((port) => `${port}/tcp`);
  const bindings = ports.map(
    (port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: String(port) }]] as const,
  );
  return {
    name: container,
    Image: image,
    Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    ExposedPorts: Object.fromEntries(keys.map((key) => [key, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(bindings),
      Binds: Object.entries(volumes).map(([name, path]) => `${name}:${path}`),
    },
  };
}
