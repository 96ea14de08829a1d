import type { Kubectl } from './kubectl.js';
import { lastingKubectl } from './lasting-kubectl.js';
import type { LastingKubectl } from './lasting-kubectl.js';

export interface Forward extends Pick<LastingKubectl, 'ended' | 'stop'> {
  readonly port: number;
}

/** Makes a Service answer on this machine: at `port`, or at any free one. Throws what kubectl complains of. */
export async function forward(
  kubectl: Kubectl,
  { service, port = 0, remote = 80 }: { service: string; port?: number; remote?: number },
): Promise<Forward> {
  const args = ['port-forward', `svc/${service}`, `${port || ''}:${remote}`];
  const { said, ...rest } = await lastingKubectl(kubectl, args, /Forwarding from 127\.0\.0\.1:(\d+)/);
  return { port: Number(said[1]), ...rest };
}
