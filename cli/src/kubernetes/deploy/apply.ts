import type { Manifest } from '../manifest.js';
import { pathOf } from '../resource-path.js';
import type { ApiProxy } from './api-proxy.js';
import { inWaves } from './apply-waves.js';
import type { Kubectl, RunOptions } from './kubectl.js';

/** What is ours is made as we say, whoever set it before; what others own, such as the number of pods, is not ours. */
const OURS = ['--server-side', '--force-conflicts', '--field-manager=msx'];

/** The same, and unknown fields are errors, as with kubectl. */
const QUERY = '?fieldManager=msx&force=true&fieldValidation=Strict';

/** Who has an object of `kubectl apply` without `--server-side`. */
const BY_HAND = 'kubectl-client-side-apply';

interface Applied {
  readonly metadata: { readonly managedFields?: readonly { readonly manager?: string }[] };
}

export interface ApplyWish {
  readonly api: ApiProxy;
  readonly kubectl: Kubectl;
  readonly signal: AbortSignal;
  /** Those that were applied by hand before: kubectl knows how their fields become ours. */
  readonly byHand?: readonly Manifest[];
}

/**
 * Makes or changes them by server-side apply. All at once but for what others need, since kubectl would take them one
 * by one: https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export async function apply(wish: ApplyWish, manifests: readonly Manifest[]): Promise<void> {
  const { api, kubectl, signal, byHand = [] } = wish;
  const handed = manifests.filter((manifest) => byHand.includes(manifest));
  for (const wave of inWaves(manifests.filter((manifest) => !byHand.includes(manifest))))
    await patch(api, wave, QUERY);
  if (handed.length > 0) await kubectl.run(['apply', ...OURS, '-f', '-'], { signal, input: asList(handed) });
}

/**
 * Has the API check all, down to unknown fields and policies, and changes nothing. @returns those that were applied by
 * hand before
 */
export async function checkManifests(api: ApiProxy, manifests: readonly Manifest[]): Promise<Manifest[]> {
  const answers = await patch(api, manifests, `${QUERY}&dryRun=All`);
  return manifests.filter((_, index) =>
    answers[index]!.body.metadata.managedFields?.some(({ manager }) => manager === BY_HAND),
  );
}

const patch = (api: ApiProxy, manifests: readonly Manifest[], query: string) =>
  api.sendAll<Applied>(
    manifests.map((body) => ({ method: 'PATCH', path: pathOf(body, api.namespace) + query, body })),
  );

const asList = (items: readonly Manifest[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** What would change, as a unified diff; empty when nothing would. */
export async function diffOf(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  options: Pick<RunOptions, 'signal'> = {},
): Promise<string> {
  const args = ['diff', ...OURS, '-f', '-'];
  return kubectl.run(args, { ...options, input: asList(manifests), answers: [1] });
}

/** The objects that a diff is about, as `Kind name`. */
export function changedIn(diff: string): string[] {
  const names = [...diff.matchAll(/^diff -\S+ -\S+ \S+\/(\S+)/gm)].map(([, file]) => file!.split('.'));
  return names.map((parts) => `${parts.at(-3)} ${parts.at(-1)}`);
}
