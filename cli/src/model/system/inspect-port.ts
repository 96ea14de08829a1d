/** The offset of inspector ports from service ports, after Node's own inspector port, 9229. */
const INSPECT_PORT_OFFSET = 2_229;

/** The inspector port of a service on this machine: derived from its port, so that it does not change. */
export const inspectPortOf = (port: number): number =>
  port + INSPECT_PORT_OFFSET < 65_536 ? port + INSPECT_PORT_OFFSET : port - INSPECT_PORT_OFFSET;
