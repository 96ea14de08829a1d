import { createInterface } from 'node:readline';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';

/** Yields the lines that `kubectl logs --follow` prints until it is aborted. Throws the error that kubectl reports. */
export async function* followLogs(
  kubectl: Kubectl,
  args: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const child = kubectl.start([...args, '--follow'], signal);
  const stderr: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(String(chunk)));
  yield* createInterface(child.stdout);
  const { failed, code } = await child;
  if (failed && !signal.aborted)
    throw errorOfKubectl({ args, stderr: stderr.join(''), code }, kubectl.target);
}
