import { MsxError } from '../../errors/msx-error.js';
import type { System } from '../../system/system.js';

const FIRST = 50_051;
/** How far from its port a service's health is, as msx.yaml has it by default. */
const HEALTH_OFFSET = 1000;
const LAST = 65_535;

/** A free port with a free one for health: the one wished for, or the next one. Throws NAME_TAKEN and NAME_INVALID. */
export function choosePort(
  { services, broker }: System,
  wished?: number,
): { port: number; healthPort: number } {
  const taken = new Map([[broker.port, 'the broker']]);
  for (const { name, port, healthPort } of services)
    taken.set(port, name).set(healthPort, `the health of ${name}`);
  const ports = services.filter(({ kind }) => kind === 'grpc').map(({ port }) => port);
  let port = wished ?? (ports.length > 0 ? Math.max(...ports) + 1 : FIRST);
  const isTaken = () => [port, port + HEALTH_OFFSET].find((each) => taken.has(each));
  for (let clash = isTaken(); clash !== undefined; clash = isTaken()) {
    if (wished !== undefined)
      throw new MsxError('NAME_TAKEN', { what: 'port', name: String(clash), by: taken.get(clash)! });
    port += 1;
  }
  const healthPort = port + HEALTH_OFFSET;
  if (healthPort > LAST) {
    const reason = `health would be on port ${healthPort}, and ports end at ${LAST}`;
    throw new MsxError('NAME_INVALID', { what: 'port', name: String(port), reason });
  }
  return { port, healthPort };
}
