import * as Flags from '@oclif/core/flags';
import { changedIn, diffOf } from '../../kubernetes/deploy/apply.js';
import { dryRun } from '../../kubernetes/deploy/dry-run.js';
import { deploy, deployedManifests } from '../../kubernetes/deploy/deploy.js';
import { loadImages } from '../../kubernetes/deploy/load-images.js';
import { contextOf } from '../../kubernetes/deploy/preflight.js';
import { MsxError } from '../../errors/msx-error.js';
import { ClusterCommand, clusterFlags, manifestFlags } from '../../ui/cluster-command.js';
import { coloursOf } from '../../ui/colours.js';
import { confirm } from '../../ui/confirm.js';
import { timeoutFlag } from '../../ui/duration-flag.js';
import { interrupted } from '../../ui/interrupted.js';
import { rolloutView } from '../../ui/rollout-view.js';
import type { Cluster } from '../../kubernetes/cluster.js';
import type { DeployReport } from '../../kubernetes/deploy/deploy.js';
import type { Kubectl } from '../../kubernetes/deploy/kubectl.js';

export default class DeployK8s extends ClusterCommand {
  static override summary = 'Deploy the system to a Kubernetes cluster and wait until it is up.';
  static override description =
    'If something does not come up, its events and log lines are shown and the whole system is rolled back. Can be interrupted at any time: the next run finishes the deployment.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --tag 1.4.0 --env production --yes',
    '<%= config.bin %> <%= command.id %> --diff',
    '<%= config.bin %> <%= command.id %> --load --set kubernetes.replicas=1',
  ];
  static override flags = {
    ...clusterFlags,
    ...manifestFlags,
    'dry-run': Flags.boolean({ description: 'have the cluster validate everything; change nothing' }),
    diff: Flags.boolean({ description: 'show what would change; change nothing' }),
    timeout: timeoutFlag('10m'),
    rollback: Flags.boolean({
      default: true,
      allowNo: true,
      description: 'roll back when something does not come up',
    }),
    load: Flags.boolean({
      description: 'load the images into a local node first: kind, minikube or containerd',
    }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation, whatever the cluster' }),
  };

  async run() {
    const { flags } = await this.parse(DeployK8s);
    const { cluster, kubectl } = await this.cluster(flags);
    const { context, server, local } = await contextOf(kubectl);
    this.log(`${cluster.system.name} → ${context} (${server}), namespace ${cluster.namespace}`);
    const signal = interrupted({
      ending: () => 'stopping; what the cluster has accepted stays, and the next run finishes it',
    });
    if (flags['dry-run']) return this.#dryRun(kubectl, cluster);
    if (flags.diff) return this.#diff(kubectl, cluster);
    if (!local && !flags.yes) await this.#ask(context);
    const view = await rolloutView({ silent: this.jsonEnabled(), colours: coloursOf(process.stdout) });
    if (flags.load) {
      const loading = loadImages(cluster, context, signal);
      view.step(`loaded ${(await this.during('loading the images into the node', loading)).join(', ')}`);
    }
    const began = Date.now();
    const wish = {
      kubectl,
      cluster,
      signal,
      timeoutMs: flags.timeout,
      rollback: flags.rollback,
      audience: view,
    };
    const report = await deploy(wish).finally(() => view.end());
    return this.#tell({ ...report, context, seconds: Math.round((Date.now() - began) / 100) / 10 });
  }

  async #ask(context: string): Promise<void> {
    if (await confirm(`deploying to ${context}`, `Deploy to ${context}, which is not on this machine?`))
      return;
    throw new MsxError('CONTEXT_NOT_CONFIRMED', { context });
  }

  async #dryRun(kubectl: Kubectl, cluster: Cluster) {
    const checked = await this.during('asking the cluster', dryRun(kubectl, cluster));
    this.log(`the cluster accepts all ${checked.objects} objects; nothing was changed`);
    return checked;
  }

  async #diff(kubectl: Kubectl, cluster: Cluster) {
    const diff = await this.during('asking the cluster', diffOf(kubectl, deployedManifests(cluster)));
    this.logData(diff || 'nothing would change');
    return { changed: changedIn(diff) };
  }

  #tell(report: DeployReport & { context: string; seconds: number }) {
    this.log(
      `\nall of it is up after ${report.seconds} s; ${report.changed.length} objects were new or changed`,
    );
    for (const { what, url } of report.addresses) this.log(`  ${what}  ${url}`);
    return report;
  }
}
