import { KAFKA } from './system.js';
import type { PortChoice, Service, System } from './system.js';

/** How many ports a service has: its main port, and that of its health checks. */
export const PORTS_PER_SERVICE = 2;

/**
 * A system on its own ports instead of those in msx.yaml, so that copies of it run side by side. What is derived from ports
 * follows, such as the addresses of upstreams. Its logs get no links in a shared folder, where copies would compete
 * for the names. Without a port, the broker is one that somebody else runs, and stays at its address; a service without
 * ports keeps those in msx.yaml.
 */
export function isolatedSystem({ logLinks: _, ...system }: System, ports: PortChoice): System {
  const [port] = ports[KAFKA] ?? [];
  const broker = port === undefined ? {} : { port, address: `127.0.0.1:${port}` };
  return {
    ...system,
    broker: { ...system.broker, ...broker },
    services: system.services.map((service) => ({ ...service, ...portsOfService(service, ports) })),
    isolated: ports,
  };
}

function portsOfService({ name, port, healthPort }: Service, ports: PortChoice) {
  const [main = port, health = healthPort] = ports[name] ?? [];
  return { port: main, healthPort: health };
}
