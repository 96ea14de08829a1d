import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { System } from '../../../model/system/system.js';

const FIRST_PORT = 50_051;
/** The offset of a service's health port from its port, as in the default of msx.yaml. */
const HEALTH_PORT_OFFSET = 1000;
const LAST_PORT = 65_535;

/** A free port with a free health port: the requested one, or the next one. Throws NAME_TAKEN and NAME_INVALID. */
export function choosePort(
  { services, broker }: System,
  requested?: number,
): { port: number; healthPort: number } {
  const taken = new Map([[broker.port, 'the broker']]);
  for (const { name, port, healthPort } of services)
    taken.set(port, name).set(healthPort, `the health of ${name}`);
  const ports = services.filter(({ kind }) => kind === 'grpc').map(({ port }) => port);
  let port = requested ?? (ports.length > 0 ? Math.max(...ports) + 1 : FIRST_PORT);
  const isTaken = () => [port, port + HEALTH_PORT_OFFSET].find((each) => taken.has(each));
  for (let clash = isTaken(); clash !== undefined; clash = isTaken()) {
    if (requested !== undefined)
      throw new MsxError('NAME_TAKEN', { what: 'port', name: String(clash), by: taken.get(clash)! });
    port += 1;
  }
  const healthPort = port + HEALTH_PORT_OFFSET;
  if (healthPort > LAST_PORT) {
    const reason = `its health port would be ${healthPort}, but the highest port is ${LAST_PORT}`;
    throw new MsxError('NAME_INVALID', { what: 'port', name: String(port), reason });
  }
  return { port, healthPort };
}
