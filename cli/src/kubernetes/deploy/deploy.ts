import { MsxError } from '../../errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import type { Manifest } from '../manifest.js';
import { migrationManifests } from '../migrations.js';
import { namespaceManifests } from '../namespace-manifests.js';
import { allManifests } from '../projections.js';
import { ClusterStore } from '../secrets/cluster-store.js';
import { ensureSecrets } from '../secrets/ensure-secrets.js';
import type { SecretReport } from '../secrets/ensure-secrets.js';
import { wantedSecrets } from '../secrets/wanted-secrets.js';
import { addressesOf } from './addresses.js';
import type { Address } from './addresses.js';
import { ApiProxy } from './api-proxy.js';
import { apply, changedIn, checkManifests, diffOf } from './apply.js';
import type { ApplyWish } from './apply.js';
import { missingImages, tryToPull } from './check-images.js';
import type { Kubectl } from './kubectl.js';
import { checkForeignSecrets, checkPermissions, namespaceThere } from './preflight.js';
import { prune } from './prune.js';
import { goBack, revisionsOf } from './revisions.js';
import type { Revisions } from './revisions.js';
import { rollOut } from './roll-out.js';
import { smokeTest } from './smoke-test.js';
import type { Workload } from './workload.js';

/** Who is told how far it is. */
export interface Audience {
  step(text: string): void;
  rollout(workloads: readonly Workload[]): void;
}

export interface DeployWish {
  readonly kubectl: Kubectl;
  readonly cluster: Cluster;
  readonly timeoutMs: number;
  readonly rollback: boolean;
  readonly signal: AbortSignal;
  readonly audience: Audience;
}

/** One that is going on. */
export interface DeployRun extends DeployWish, ApplyWish {}

export interface DeployReport {
  readonly namespace: string;
  /** `Kind name` of what was made or changed. */
  readonly changed: readonly string[];
  readonly secrets: readonly SecretReport[];
  readonly workloads: readonly Workload[];
  readonly pruned: readonly string[];
  readonly addresses: readonly Address[];
}

/** What msx makes itself, from outside, needs no Job. */
export const deployedManifests = (cluster: Cluster): Manifest[] =>
  allManifests(cluster).filter(
    ({ kind, metadata }) => kind !== 'Job' || !metadata.name.startsWith('secrets-'),
  );

/**
 * Brings the cluster to what msx.yaml says, or leaves it at what ran before. Every step can be repeated: a run that was
 * broken off is finished by the next. Throws the errors of `errors/deploying.ts`.
 */
export const deploy = (wish: DeployWish): Promise<DeployReport> =>
  ApiProxy.during(wish.kubectl, (api) => bring({ ...wish, api }), wish.signal);

async function bring(run: DeployRun): Promise<DeployReport> {
  const { kubectl, cluster, signal } = run;
  const manifests = deployedManifests(cluster);
  const deadline = Date.now() + run.timeoutMs;
  const { fresh } = await prepare(run);
  const { secrets, byHand } = await check(run, manifests, deadline);
  const changed = fresh ? manifests.map(named) : changedIn(await diffOf(kubectl, manifests, { signal }));
  const before = fresh ? new Map<string, string>() : await revisionsOf(kubectl, cluster.system.name);
  const workloads = await rollOut({ ...run, byHand }, manifests, { before, deadline });
  const [addresses] = await Promise.all([addressesOf(kubectl), smoke(run, before)]);
  const kept = [...manifests, ...migrationManifests(cluster)];
  const pruned = fresh ? [] : await prune(kubectl, cluster.system.name, kept);
  return { namespace: cluster.namespace, changed, secrets, workloads, pruned, addresses };
}

const named = ({ kind, metadata: { name } }: Manifest): string => `${kind} ${name}`;

/** @returns whether there was nothing before */
async function prepare(run: DeployRun): Promise<{ fresh: boolean }> {
  const { api, cluster, audience } = run;
  const [there] = await Promise.all([namespaceThere(api), checkPermissions(api)]);
  const fresh = !there;
  if (fresh) {
    await apply(run, namespaceManifests(cluster).slice(0, 1));
    audience.step(`made the namespace ${cluster.namespace}`);
  }
  return { fresh };
}

/** Whether all that the pods need is there or can be made, before anything of what runs is changed. */
async function check(run: DeployRun, manifests: readonly Manifest[], deadline: number) {
  const { api, cluster, audience } = run;
  const store = new ClusterStore(api, cluster.namespace);
  const [byHand, missing, secrets] = await Promise.all([
    checkManifests(api, manifests),
    missingImages(api, cluster),
    makeSecrets(run, store),
    checkForeignSecrets(store, cluster),
  ]);
  audience.step('the cluster accepts the manifests');
  await tryToPull({ ...run, deadline }, missing);
  audience.step('the cluster has the images');
  return { byHand, secrets };
}

/** They stay, whatever comes of the rest: the next run finds them. */
async function makeSecrets({ cluster, audience }: DeployRun, store: ClusterStore): Promise<SecretReport[]> {
  const reports = await ensureSecrets(store, cluster.system.name, wantedSecrets(cluster));
  const made = reports.filter(({ outcome }) => outcome !== 'there');
  audience.step(made.length > 0 ? `made ${made.length} Secrets` : 'all Secrets are there');
  return reports;
}

async function smoke({ kubectl, cluster, audience, rollback }: DeployRun, before: Revisions): Promise<void> {
  for (const { name } of cluster.system.services.filter(({ kind }) => kind === 'graphql')) {
    const reason = await smokeTest(kubectl, name);
    if (!reason) {
      audience.step(`${name} answers`);
      continue;
    }
    const rolledBack = rollback ? await goBack(kubectl, cluster.system.name, before) : [];
    throw new MsxError('SMOKE_TEST_FAILED', { url: `svc/${name}`, reason, rolledBack });
  }
}
