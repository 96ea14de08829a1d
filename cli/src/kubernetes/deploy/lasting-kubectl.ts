import { createInterface } from 'node:readline';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';

export interface LastingKubectl {
  /** The line that said that it is ready. */
  readonly said: RegExpExecArray;
  /** Settles when it ends, for whatever reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** A kubectl that goes on until it is stopped, once it is ready. Throws what it complains of instead. */
export async function lastingKubectl(
  kubectl: Kubectl,
  args: readonly string[],
  ready: RegExp,
): Promise<LastingKubectl> {
  const controller = new AbortController();
  const child = kubectl.start(args, controller.signal);
  const ended = child.then((result) => result);
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    const said = ready.exec(line);
    if (!said) continue;
    child.stdout.resume();
    const stop = async () => {
      controller.abort();
      await ended;
    };
    return { said, ended, stop };
  }
  const { code } = await ended;
  throw errorOfKubectl({ args, stderr: complaints.join(''), code }, kubectl.target);
}
