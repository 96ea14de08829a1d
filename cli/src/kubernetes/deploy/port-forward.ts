import { createInterface } from 'node:readline';
import { errorOfKubectl } from './kubectl-error.js';
import type { Kubectl } from './kubectl.js';

export interface Forward {
  readonly port: number;
  /** Settles when it ends, for whatever reason. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** Makes a Service answer on this machine: at `port`, or at any free one. Throws what kubectl complains of. */
export async function forward(
  kubectl: Kubectl,
  { service, port = 0, remote = 80 }: { service: string; port?: number; remote?: number },
): Promise<Forward> {
  const controller = new AbortController();
  const args = ['port-forward', `svc/${service}`, `${port || ''}:${remote}`];
  const child = kubectl.start(args, controller.signal);
  const ended = child.then((result) => result);
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    const [, bound] = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (!bound) continue;
    child.stdout.resume();
    const stop = async () => {
      controller.abort();
      await ended;
    };
    return { port: Number(bound), ended, stop };
  }
  const { code } = await ended;
  throw errorOfKubectl({ args, stderr: complaints.join(''), code }, kubectl.target);
}
