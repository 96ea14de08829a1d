import { parseLine } from '../../../inspection/logs/log-line.js';
import { Demultiplexer } from '../../../running/drivers/container/demultiplexer.js';
import type { Docker } from '../../../running/drivers/container/engine-api/docker.js';
import type { Entry } from '../../../inspection/logs/entries.js';
import type { ContainerView } from './containers.js';

export interface LogSelection {
  /** Number of lines per container. */
  readonly tail?: number;
  /** Milliseconds since the epoch. */
  readonly since?: number;
}

/** The existing log of a container, oldest entry first. */
export async function storedLogs(
  docker: Docker,
  view: ContainerView,
  selection: LogSelection,
): Promise<Entry[]> {
  const raw = await docker.getContainer(view.id).logs(parameters(selection));
  return [...entriesOf(nameOf(view), new Demultiplexer().push(raw).toString('utf8').split('\n'))];
}

/** The existing log, followed by new entries until the signal or the end of the container. */
export async function* followedLogs(
  docker: Docker,
  view: ContainerView,
  { signal, ...selection }: LogSelection & { readonly signal: AbortSignal },
) {
  const stream = await docker.getContainer(view.id).followLogs(parameters(selection));
  signal.addEventListener('abort', () => stream.destroy(), { once: true });
  const frames = new Demultiplexer();
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + frames.push(chunk as Buffer).toString('utf8')).split('\n');
      rest = lines.pop()!;
      yield* entriesOf(nameOf(view), lines);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

const parameters = ({ tail, since }: LogSelection) => ({
  timestamps: true,
  ...(tail !== undefined && { tail }),
  ...(since !== undefined && { since: since / 1_000 }),
});

/** The name of the service, with the number of the replica from the second on. */
export const nameOf = ({ name, service }: ContainerView): string => {
  const [number] = /\d+$/.exec(name) ?? [];
  return number && number !== '1' ? `${service}-${number}` : service;
};

/** The engine prefixes each line with the time. */
function* entriesOf(service: string, lines: string[]): Generator<Entry> {
  let entry: Entry | undefined;
  for (const each of lines) {
    const cut = each.indexOf(' ');
    if (cut < 0) continue;
    const line = parseLine(each.slice(cut + 1).replace(/\r$/, ''));
    if (entry && line.continues) {
      entry.lines.push(line);
      continue;
    }
    if (entry) yield entry;
    entry = { service, lines: [line], time: line.time ?? Date.parse(each.slice(0, cut)), start: 0 };
  }
  if (entry) yield entry;
}
