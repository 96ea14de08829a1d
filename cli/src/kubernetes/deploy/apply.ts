import type { Manifest } from '../manifest.js';
import type { Kubectl, RunOptions } from './kubectl.js';

/** What is ours is made as we say, whoever set it before; what others own, such as the number of pods, is not ours. */
const OURS = ['--server-side', '--force-conflicts', '--field-manager=msx'];

const asList = (items: readonly Manifest[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

export async function apply(kubectl: Kubectl, manifests: readonly Manifest[], options: RunOptions = {}) {
  if (manifests.length === 0) return;
  await kubectl.run(['apply', ...OURS, '-f', '-'], { ...options, input: asList(manifests) });
}

/** Has the API check all, down to unknown fields and policies, and changes nothing. */
export async function checkManifests(kubectl: Kubectl, manifests: readonly Manifest[], signal?: AbortSignal) {
  const args = ['apply', ...OURS, '--dry-run=server', '--validate=strict', '-f', '-'];
  await kubectl.run(args, { input: asList(manifests), ...(signal && { signal }) });
}

/** What would change, as a unified diff; empty when nothing would. */
export async function diffOf(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  signal?: AbortSignal,
): Promise<string> {
  const args = ['diff', ...OURS, '-f', '-'];
  return kubectl.run(args, { input: asList(manifests), answers: [1], ...(signal && { signal }) });
}

/** The objects that a diff is about, as `Kind name`. */
export function changedIn(diff: string): string[] {
  const names = [...diff.matchAll(/^diff -\S+ -\S+ \S+\/(\S+)/gm)].map(([, file]) => file!.split('.'));
  return names.map((parts) => `${parts.at(-3)} ${parts.at(-1)}`);
}
