import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { Manifest } from '../manifest.js';
import { migrationManifests } from '../migrations.js';
import { apply } from './apply.js';
import { awaitRollout, idOf } from './await-rollout.js';
import type { DeployRun } from './deploy-run.js';
import { failuresOf } from './failures.js';
import type { Kubectl } from './kubectl.js';
import { restoreRevisions } from './revisions.js';
import type { Revisions } from './revisions.js';
import type { Workload } from './workload.js';

/** Infrastructure first, then the schemas, then the services; on a first deployment, services create their own schemas. */
export async function rollOut(
  run: DeployRun,
  manifests: readonly Manifest[],
  { before, deadline }: Omit<Goal, 'names'>,
): Promise<readonly Workload[]> {
  const { cluster, progress } = run;
  const of = (...kinds: string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
  const others = manifests.filter(({ kind }) => !['Deployment', 'CronJob'].includes(kind));
  if (before.size === 0) await apply(run, manifests);
  else {
    await apply(run, others);
    const jobs = migrationManifests(cluster);
    await apply(run, jobs);
    await awaitWorkloads(run, { names: workloadNames(jobs), deadline, before });
    progress.step('the database schemas are up to date');
    await apply(run, of('Deployment'));
  }
  progress.step(`applied ${manifests.length} objects`);
  const workloads = await awaitWorkloads(run, { names: workloadNames(manifests), deadline, before });
  if (before.size > 0) await apply(run, of('CronJob'));
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

async function awaitWorkloads(
  run: DeployRun,
  { names, deadline, before }: Goal,
): Promise<readonly Workload[]> {
  const { api, kubectl, cluster, signal, progress, rollback } = run;
  const show = (workloads: readonly Workload[]) => progress.rollout(workloads);
  const goal = { system: cluster.system.name, workloads: names, deadline, signal, show };
  const { workloads, outcome } = await awaitRollout(api, goal);
  if (outcome === 'done') return workloads;
  const failures = await failuresOf(kubectl, workloads);
  const rolledBack = rollback ? await restoreRevisions(kubectl, cluster.system.name, before) : [];
  if (rollback) await removeUnfinishedJobs(kubectl, workloads);
  const untouched = rolledBack.length === 0 && before.size > 0;
  throw new MsxError('ROLLOUT_FAILED', { failures, rolledBack, untouched, kept: !rollback });
}

/** They would keep retrying until their backoff limit; the next run creates them again. */
async function removeUnfinishedJobs(kubectl: Kubectl, workloads: readonly Workload[]): Promise<void> {
  const jobs = workloads.filter(({ kind, state }) => kind === 'Job' && state !== 'done');
  if (jobs.length === 0) return;
  const names = jobs.map(({ name }) => `job/${name}`);
  await kubectl.run(['delete', ...names, '--ignore-not-found', '--cascade=foreground', '--timeout=60s']);
}
