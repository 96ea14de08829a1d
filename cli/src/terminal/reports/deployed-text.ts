import type { DeployReport } from '../../shipping/kubernetes/deploy/deploy.js';

/** The result of a deployment, and the addresses of the system. */
export const deployedText = ({ seconds, changed, addresses }: DeployReport & { seconds: number }): string =>
  [
    `\neverything is up after ${seconds} s; ${changed.length} objects were new or changed`,
    ...addresses.map(({ what, url }) => `  ${what}  ${url}`),
  ].join('\n');
