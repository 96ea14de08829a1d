/** Where a broker listens. */
export interface Listening {
  readonly port: number;
  /** Its further listeners, such as `sasl_ssl://127.0.0.1:9093`. */
  readonly listeners: readonly string[];
}

interface Line {
  readonly port: number;
  readonly listeners?: readonly { protocol: string; host: string; port: number }[];
}

/** The line that the broker logs once clients can connect; undefined for all others, and for half of it. */
export function listeningIn(line: string): Listening | undefined {
  if (!line.includes('"msg":"listening"') || !line.endsWith('}')) return undefined;
  const { port, listeners = [] } = JSON.parse(line) as Line;
  return { port, listeners: listeners.map((each) => `${each.protocol}://${each.host}:${each.port}`) };
}
