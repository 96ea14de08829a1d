import type { System } from '../../model/system/system.js';
import type { ProcessReport } from './report.js';

const TIMEOUT_MS = 2_000;

/** The address at which a debugger can attach to a process. */
export interface Inspector {
  name: string;
  port: number;
  /** Reported by the process, and different for each run; absent if its inspector does not answer. */
  url?: string;
}

/** The inspectors of the processes that run with one. */
export function inspectorsOf(processes: readonly ProcessReport[]): Promise<Inspector[]> {
  return Promise.all(
    processes.flatMap(({ name, inspectPort: port }) =>
      port === undefined ? [] : [urlAt(port).then((url) => ({ name, port, url }))],
    ),
  );
}

async function urlAt(port: number): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`http://127.0.0.1:${port}/json/list`, { signal });
    const [target] = (await response.json()) as { webSocketDebuggerUrl?: string }[];
    return target?.webSocketDebuggerUrl;
  } catch {
    return undefined;
  }
}

export const inspectorText = ({ name, port, url }: Inspector): string =>
  url
    ? `debug ${name} at ${url}`
    : `the inspector of ${name} does not answer on port ${port}: msx logs ${name}`;

/** The services to run with an inspector: those named (default: all). */
export function inspectedOf({ services }: System, names: string[]): string[] {
  const all = services.map(({ name }) => name);
  return names.length > 0 ? all.filter((name) => names.includes(name)) : all;
}
