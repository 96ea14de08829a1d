import { createInterface } from 'node:readline';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';

export interface LongRunningKubectl {
  /** The match of the line that reported readiness. */
  readonly readyMatch: RegExpExecArray;
  /** Settles when it exits, for any reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a kubectl that runs until it is stopped, and waits until it is ready. Throws the error that kubectl reports. */
export async function longRunningKubectl(
  kubectl: Kubectl,
  args: readonly string[],
  ready: RegExp,
): Promise<LongRunningKubectl> {
  const controller = new AbortController();
  const child = kubectl.start(args, controller.signal);
  const ended = child.then((result) => result);
  const stderr: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    const said = ready.exec(line);
    if (!said) continue;
    child.stdout.resume();
    const stop = async () => {
      controller.abort();
      await ended;
    };
    return { readyMatch: said, ended, stop };
  }
  const { code } = await ended;
  throw errorOfKubectl({ args, stderr: stderr.join(''), code }, kubectl.target);
}
