import { execFileSync } from 'node:child_process';
import { TAG } from './guide-place.fixture.js';

const answers = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
};

/** What blocks may need that not every machine has: the reason for skipping them, or undefined where the need is met. */
const missing: Readonly<Record<string, () => string | undefined>> = {
  docker: () => {
    if (!answers('docker', 'info')) return 'no Docker Engine responds';
    const there = answers('docker', 'image', 'inspect', `shop/user-service:${TAG}`);
    return there ? undefined : `the images are not built: msx docker build --tag ${TAG}`;
  },
  cluster: () =>
    process.env['KUBECONFIG'] && answers('kubectl', 'version')
      ? undefined
      : 'KUBECONFIG does not name a responding cluster',
  sources: () => 'images are built from a full clone, which e2e/docker does',
};

const reasons = new Map<string, string | undefined>();

/** Undefined where the need is met. Throws for an unknown need. */
export function reasonToSkip(need: string | undefined): string | undefined {
  if (need === undefined) return undefined;
  if (!missing[need]) throw new Error(`unknown need: ${need}`);
  if (!reasons.has(need)) reasons.set(need, missing[need]!());
  return reasons.get(need);
}
