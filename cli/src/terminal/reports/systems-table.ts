import { durationText } from '../screen/duration-text.js';
import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { ListedSystem } from '../../running/dev/listed-systems.js';

/** The systems of this user, one per row. */
export function systemsTable(systems: readonly ListedSystem[], colours: Ansis): string {
  const rows = systems.map(({ name, folder, ports, uptimeMs, memory, ...system }) => [
    colours.bold(name),
    stateText(system, colours),
    uptimeMs === undefined ? '-' : durationText(uptimeMs),
    memory === undefined ? '-' : `${Math.round(memory / 1e6)} MB`,
    rangesText(ports) || '-',
    folder,
  ]);
  return table(['SYSTEM', 'STATE', 'UPTIME', 'MEMORY', 'PORTS', 'FOLDER'], rows, colours);
}

function stateText({ state, isolated }: Pick<ListedSystem, 'state' | 'isolated'>, colours: Ansis): string {
  if (state !== 'running') return colours.yellow(state);
  return colours.green(isolated ? 'isolated' : state);
}

/** Sorted numbers as ranges: 3000, 50051-50053. */
export function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
