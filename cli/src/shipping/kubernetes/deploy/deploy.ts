import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import type { Manifest } from '../manifest.js';
import { migrationManifests } from '../migrations.js';
import { namespaceManifests } from '../namespace-manifests.js';
import { allManifests } from '../manifest-projections.js';
import { ClusterStore } from '../secrets/cluster-store.js';
import { ensureSecrets } from '../secrets/ensure-secrets.js';
import type { SecretReport } from '../secrets/ensure-secrets.js';
import { requiredSecrets } from '../secrets/required-secrets.js';
import { addressesOf } from './addresses.js';
import type { Address } from './addresses.js';
import { ApiProxy } from './api-proxy.js';
import { apply, changedIn, checkManifests, diffOf } from './apply.js';
import { missingImages, tryToPull } from './check-images.js';
import type { DeployRun, DeployRequest } from './deploy-run.js';
import { checkProvidedSecrets, checkPermissions, namespaceExists } from './preflight.js';
import { prune } from './prune.js';
import { restoreRevisions, revisionsOf } from './revisions.js';
import type { Revisions } from './revisions.js';
import { rollOut } from './roll-out.js';
import { smokeTest } from './smoke-test.js';
import type { Workload } from './workload.js';

export interface DeployReport {
  readonly namespace: string;
  /** `Kind name` of the objects that were created or changed. */
  readonly changed: readonly string[];
  readonly secrets: readonly SecretReport[];
  readonly workloads: readonly Workload[];
  readonly pruned: readonly string[];
  readonly addresses: readonly Address[];
}

/** Without the Job that creates Secrets: msx does that itself, from outside. */
export const deployedManifests = (cluster: Cluster): Manifest[] =>
  allManifests(cluster).filter(
    ({ kind, metadata }) => kind !== 'Job' || !metadata.name.startsWith('secrets-'),
  );

/**
 * Brings the cluster to the state that msx.yaml describes, or rolls it back. Every step can be repeated: a run that was
 * interrupted is finished by the next. Throws the errors of `terminal/errors/deploying.ts`.
 */
export const deploy = (request: DeployRequest): Promise<DeployReport> =>
  ApiProxy.during(request.kubectl, (api) => deployThrough({ ...request, api }), request.signal);

async function deployThrough(run: DeployRun): Promise<DeployReport> {
  const { kubectl, cluster, signal } = run;
  const manifests = deployedManifests(cluster);
  const deadline = Date.now() + run.timeoutMs;
  const { fresh } = await prepare(run);
  const { secrets, byHand } = await check(run, manifests, deadline);
  const changed = fresh ? manifests.map(titleOf) : changedIn(await diffOf(kubectl, manifests, { signal }));
  const before = fresh ? new Map<string, string>() : await revisionsOf(kubectl, cluster.system.name);
  const workloads = await rollOut({ ...run, byHand }, manifests, { before, deadline });
  const [addresses] = await Promise.all([addressesOf(kubectl), smoke(run, before)]);
  const kept = [...manifests, ...migrationManifests(cluster)];
  const pruned = fresh ? [] : await prune(kubectl, cluster.system.name, kept);
  return { namespace: cluster.namespace, changed, secrets, workloads, pruned, addresses };
}

const titleOf = ({ kind, metadata: { name } }: Manifest): string => `${kind} ${name}`;

/** @returns whether the namespace is new */
async function prepare(run: DeployRun): Promise<{ fresh: boolean }> {
  const { api, cluster, progress } = run;
  const [exists] = await Promise.all([namespaceExists(api), checkPermissions(api)]);
  const fresh = !exists;
  if (fresh) {
    await apply(run, namespaceManifests(cluster).slice(0, 1));
    progress.step(`created the namespace ${cluster.namespace}`);
  }
  return { fresh };
}

/** Makes sure that everything the pods need exists, before any running workload is changed. */
async function check(run: DeployRun, manifests: readonly Manifest[], deadline: number) {
  const { api, cluster, progress } = run;
  const store = new ClusterStore(api, cluster.namespace);
  const [byHand, missing, secrets] = await Promise.all([
    checkManifests(api, manifests),
    missingImages(api, cluster),
    makeSecrets(run, store),
    checkProvidedSecrets(store, cluster),
  ]);
  progress.step('the cluster accepts the manifests');
  await tryToPull({ ...run, deadline }, missing);
  progress.step('the cluster has the images');
  return { byHand, secrets };
}

/** They stay even if the rest of the deployment fails: the next run finds them. */
async function makeSecrets({ cluster, progress }: DeployRun, store: ClusterStore): Promise<SecretReport[]> {
  const reports = await ensureSecrets(store, cluster.system.name, requiredSecrets(cluster));
  const created = reports.filter(({ outcome }) => outcome !== 'there');
  progress.step(created.length > 0 ? `created ${created.length} Secrets` : 'all Secrets exist');
  return reports;
}

async function smoke({ kubectl, cluster, progress, rollback }: DeployRun, before: Revisions): Promise<void> {
  for (const { name } of cluster.system.services.filter(({ kind }) => kind === 'graphql')) {
    const reason = await smokeTest(kubectl, name);
    if (!reason) {
      progress.step(`${name} answers`);
      continue;
    }
    const rolledBack = rollback ? await restoreRevisions(kubectl, cluster.system.name, before) : [];
    throw new MsxError('SMOKE_TEST_FAILED', { url: `svc/${name}`, reason, rolledBack });
  }
}
