import type { Kubectl } from './kubectl.js';
import { longRunningKubectl } from './long-running-kubectl.js';
import type { LongRunningKubectl } from './long-running-kubectl.js';

export interface PortForward extends Pick<LongRunningKubectl, 'ended' | 'stop'> {
  readonly port: number;
}

/** Forwards `port`, or any free port, of this machine to a Service. Throws the error that kubectl reports. */
export async function forward(
  kubectl: Kubectl,
  { service, port = 0, remote = 80 }: { service: string; port?: number; remote?: number },
): Promise<PortForward> {
  const args = ['port-forward', `svc/${service}`, `${port || ''}:${remote}`];
  const { readyMatch: said, ...rest } = await longRunningKubectl(
    kubectl,
    args,
    /Forwarding from 127\.0\.0\.1:(\d+)/,
  );
  return { port: Number(said[1]), ...rest };
}
