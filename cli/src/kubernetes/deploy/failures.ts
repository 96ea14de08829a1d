import type { Kubectl } from './kubectl.js';
import type { Workload } from './workload.js';

/** Enough for a stack trace with what was thrown above it. */
const TAIL = 20;

/** For each workload that is not done: what it waits for, and the last lines of a pod that does not work. */
export async function failuresOf(kubectl: Kubectl, workloads: readonly Workload[]): Promise<string[]> {
  const open = workloads.filter(({ state }) => state !== 'done');
  const told = open.map(async ({ name, ready, wanted, waitingFor, troubles }) => {
    const [trouble] = troubles;
    const lines = trouble ? await lastLines(kubectl, trouble.pod) : [];
    return [`${name} (${ready} of ${wanted} ready): ${waitingFor}`, ...lines.map((line) => `    ${line}`)];
  });
  return (await Promise.all(told)).flat();
}

/** Of the container that ended last, if one did; a pod that never ran has none. */
async function lastLines(kubectl: Kubectl, pod: string): Promise<string[]> {
  const read = (previous: string[]) =>
    kubectl.run(['logs', pod, '--all-containers', `--tail=${TAIL}`, ...previous]).catch(() => '');
  const text = (await read(['--previous'])) || (await read([]));
  return text.split('\n').filter((line) => line.trim());
}
