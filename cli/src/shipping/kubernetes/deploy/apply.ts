import type { Manifest } from '../manifest.js';
import { pathOf } from '../resource-path.js';
import type { ApiProxy } from './api-proxy.js';
import { inWaves } from './apply-waves.js';
import type { Kubectl, RunOptions } from './kubectl.js';

/** Fields that msx manages are overwritten, whoever set them before; fields of others, such as replicas, are left alone. */
const APPLY_OPTIONS = ['--server-side', '--force-conflicts', '--field-manager=msx'];

/** The same for the API; unknown fields are errors, as with kubectl. */
const QUERY = '?fieldManager=msx&force=true&fieldValidation=Strict';

/** The field manager of objects from `kubectl apply` without `--server-side`. */
const CLIENT_SIDE_APPLY = 'kubectl-client-side-apply';

interface Applied {
  readonly metadata: { readonly managedFields?: readonly { readonly manager?: string }[] };
}

export interface ApplyContext {
  readonly api: ApiProxy;
  readonly kubectl: Kubectl;
  readonly signal: AbortSignal;
  /** Manifests that were last applied by hand: kubectl knows how to migrate the ownership of their fields. */
  readonly byHand?: readonly Manifest[];
}

/**
 * Creates or changes objects by server-side apply, in parallel within each wave, since kubectl would take them one by
 * one: https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export async function apply(context: ApplyContext, manifests: readonly Manifest[]): Promise<void> {
  const { api, kubectl, signal, byHand = [] } = context;
  const migrated = manifests.filter((manifest) => byHand.includes(manifest));
  for (const wave of inWaves(manifests.filter((manifest) => !byHand.includes(manifest))))
    await patch(api, wave, QUERY);
  if (migrated.length > 0)
    await kubectl.run(['apply', ...APPLY_OPTIONS, '-f', '-'], { signal, input: asList(migrated) });
}

/**
 * Has the API validate everything, including unknown fields and policies, and changes nothing. @returns the manifests
 * that were last applied by hand
 */
export async function checkManifests(api: ApiProxy, manifests: readonly Manifest[]): Promise<Manifest[]> {
  const answers = await patch(api, manifests, `${QUERY}&dryRun=All`);
  return manifests.filter((_, index) =>
    answers[index]!.body.metadata.managedFields?.some(({ manager }) => manager === CLIENT_SIDE_APPLY),
  );
}

const patch = (api: ApiProxy, manifests: readonly Manifest[], query: string) =>
  api.sendAll<Applied>(
    manifests.map((body) => ({ method: 'PATCH', path: pathOf(body, api.namespace) + query, body })),
  );

const asList = (items: readonly Manifest[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** What would change, as a unified diff; empty if nothing would. */
export async function diffOf(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  options: Pick<RunOptions, 'signal'> = {},
): Promise<string> {
  const args = ['diff', ...APPLY_OPTIONS, '-f', '-'];
  return kubectl.run(args, { ...options, input: asList(manifests), answers: [1] });
}

/** The objects that a diff is about, as `Kind name`. */
export function changedIn(diff: string): string[] {
  const names = [...diff.matchAll(/^diff -\S+ -\S+ \S+\/(\S+)/gm)].map(([, file]) => file!.split('.'));
  return names.map((parts) => `${parts.at(-3)} ${parts.at(-1)}`);
}
