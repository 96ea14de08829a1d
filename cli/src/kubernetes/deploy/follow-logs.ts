import { createInterface } from 'node:readline';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';

/** Goes on with what `kubectl logs` prints until it is aborted, line by line. Throws what kubectl complains of. */
export async function* followLogs(
  kubectl: Kubectl,
  args: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const child = kubectl.start([...args, '--follow'], signal);
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(String(chunk)));
  yield* createInterface(child.stdout);
  const { failed, code } = await child;
  if (failed && !signal.aborted)
    throw errorOfKubectl({ args, stderr: complaints.join(''), code }, kubectl.target);
}
