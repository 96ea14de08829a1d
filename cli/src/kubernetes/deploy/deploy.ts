import { MsxError } from '../../errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import type { Manifest } from '../manifest.js';
import { migrationManifests } from '../migrations.js';
import { namespaceManifests } from '../namespace-manifests.js';
import { allManifests } from '../projections.js';
import { ensureSecrets } from '../secrets/ensure-secrets.js';
import type { SecretReport } from '../secrets/ensure-secrets.js';
import { wantedSecrets } from '../secrets/wanted-secrets.js';
import { addressesOf } from './addresses.js';
import type { Address } from './addresses.js';
import { apply, changedIn, checkManifests, diffOf } from './apply.js';
import { awaitRollout, idOf } from './await-rollout.js';
import { missingImages, tryToPull } from './check-images.js';
import { failuresOf } from './failures.js';
import type { Kubectl } from './kubectl.js';
import { checkForeignSecrets, checkPermissions, namespaceThere } from './preflight.js';
import { prune } from './prune.js';
import { goBack, revisionsOf } from './revisions.js';
import type { Revisions } from './revisions.js';
import { KubectlStore } from './secret-store.js';
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
export async function deploy(wish: DeployWish): Promise<DeployReport> {
  const { kubectl, cluster, signal, audience } = wish;
  const manifests = deployedManifests(cluster);
  const deadline = Date.now() + wish.timeoutMs;
  const { fresh } = await prepare(wish);
  const accepted = checkManifests(kubectl, manifests, signal);
  const [missing, secrets] = await Promise.all([
    missingImages(kubectl, cluster),
    makeSecrets(wish),
    checkForeignSecrets(kubectl, cluster),
    accepted.then(() => audience.step('the cluster accepts the manifests')),
  ]);
  await tryToPull({ kubectl, cluster, deadline, signal }, missing);
  audience.step('the cluster has the images');
  const changed = fresh ? manifests.map(named) : changedIn(await diffOf(kubectl, manifests, signal));
  const before = fresh ? new Map<string, string>() : await revisionsOf(kubectl, cluster.system.name);
  const workloads = await rollOut(wish, manifests, { before, deadline });
  const [addresses] = await Promise.all([addressesOf(kubectl), smoke(wish, before)]);
  const kept = [...manifests, ...migrationManifests(cluster)];
  const pruned = fresh ? [] : await prune(kubectl, cluster.system.name, kept);
  return { namespace: cluster.namespace, changed, secrets, workloads, pruned, addresses };
}

const named = ({ kind, metadata: { name } }: Manifest): string => `${kind} ${name}`;

/** @returns whether there was nothing before */
async function prepare({ kubectl, cluster, audience, signal }: DeployWish): Promise<{ fresh: boolean }> {
  const [there] = await Promise.all([namespaceThere(kubectl), checkPermissions(kubectl)]);
  const fresh = !there;
  if (fresh) {
    await apply(kubectl, namespaceManifests(cluster).slice(0, 1), { signal });
    audience.step(`made the namespace ${cluster.namespace}`);
  }
  return { fresh };
}

/** They stay, whatever comes of the rest: the next run finds them. */
async function makeSecrets({ kubectl, cluster, audience }: DeployWish): Promise<SecretReport[]> {
  const store = await KubectlStore.open(kubectl);
  const reports = await ensureSecrets(store, cluster.system.name, wantedSecrets(cluster));
  await store.flush();
  const made = reports.filter(({ outcome }) => outcome !== 'there');
  audience.step(made.length > 0 ? `made ${made.length} Secrets` : 'all Secrets are there');
  return reports;
}

/** First what services stand on, then their schemas, then they; where nothing runs yet, they make their schemas themselves. */
async function rollOut(
  wish: DeployWish,
  manifests: readonly Manifest[],
  { before, deadline }: Omit<Goal, 'names'>,
): Promise<readonly Workload[]> {
  const { kubectl, cluster, signal, audience } = wish;
  const of = (...kinds: string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
  const others = manifests.filter(({ kind }) => !['Deployment', 'CronJob'].includes(kind));
  if (before.size === 0) await apply(kubectl, manifests, { signal });
  else {
    await apply(kubectl, others, { signal });
    const jobs = migrationManifests(cluster);
    await apply(kubectl, jobs, { signal });
    await reach(wish, { names: workloadNames(jobs), deadline, before });
    audience.step('the databases are at the new schemas');
    await apply(kubectl, of('Deployment'), { signal });
  }
  audience.step(`applied ${manifests.length} objects`);
  const workloads = await reach(wish, { names: workloadNames(manifests), deadline, before });
  if (before.size > 0) await apply(kubectl, of('CronJob'), { signal });
  return workloads;
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'Job'];

const workloadNames = (manifests: readonly Manifest[]): string[] =>
  manifests
    .filter(({ kind }) => WORKLOADS.includes(kind))
    .map(({ kind, metadata: { name } }) => idOf({ kind: kind as Workload['kind'], name }));

interface Goal {
  readonly names: readonly string[];
  readonly deadline: number;
  readonly before: Revisions;
}

async function reach(wish: DeployWish, { names, deadline, before }: Goal): Promise<readonly Workload[]> {
  const { kubectl, cluster, signal, audience, rollback } = wish;
  const show = (workloads: readonly Workload[]) => audience.rollout(workloads);
  const goal = { system: cluster.system.name, workloads: names, deadline, signal, show };
  const { workloads, outcome } = await awaitRollout(kubectl, goal);
  if (outcome === 'done') return workloads;
  const failures = await failuresOf(kubectl, workloads);
  const rolledBack = rollback ? await goBack(kubectl, cluster.system.name, before) : [];
  if (rollback) await removeUnfinishedJobs(kubectl, workloads);
  const untouched = rolledBack.length === 0 && before.size > 0;
  throw new MsxError('ROLLOUT_FAILED', { failures, rolledBack, untouched, kept: !rollback });
}

/** They would go on trying for as long as the cluster lets them; the next run makes them again. */
async function removeUnfinishedJobs(kubectl: Kubectl, workloads: readonly Workload[]): Promise<void> {
  const jobs = workloads.filter(({ kind, state }) => kind === 'Job' && state !== 'done');
  if (jobs.length === 0) return;
  const names = jobs.map(({ name }) => `job/${name}`);
  await kubectl.run(['delete', ...names, '--ignore-not-found', '--cascade=foreground', '--timeout=60s']);
}

async function smoke({ kubectl, cluster, audience, rollback }: DeployWish, before: Revisions): Promise<void> {
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
