import type { Kubectl } from './kubectl.js';
import type { Workload } from './workload.js';

/** Enough for a stack trace and the message above it. */
const LOG_LINES = 20;

/** For each workload that is not done: what it is waiting for, and the last log lines of a failing pod. */
export async function failuresOf(kubectl: Kubectl, workloads: readonly Workload[]): Promise<string[]> {
  const open = workloads.filter(({ state }) => state !== 'done');
  const failures = open.map(async ({ name, ready, wanted, waitingFor, troubles }) => {
    const [trouble] = troubles;
    const lines = trouble ? await lastLines(kubectl, trouble.pod) : [];
    return [`${name} (${ready} of ${wanted} ready): ${waitingFor}`, ...lines.map((line) => `    ${line}`)];
  });
  return (await Promise.all(failures)).flat();
}

/** From the container that exited last, if one did; a pod that never ran has no lines. */
async function lastLines(kubectl: Kubectl, pod: string): Promise<string[]> {
  const read = (previous: string[]) =>
    kubectl.run(['logs', pod, '--all-containers', `--tail=${LOG_LINES}`, ...previous]).catch(() => '');
  const text = (await read(['--previous'])) || (await read([]));
  return text.split('\n').filter((line) => line.trim());
}
