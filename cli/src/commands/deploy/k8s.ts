import * as Flags from '@oclif/core/flags';
import { changedIn, diffOf } from '../../shipping/kubernetes/deploy/apply.js';
import { dryRun } from '../../shipping/kubernetes/deploy/dry-run.js';
import { deploy, deployedManifests } from '../../shipping/kubernetes/deploy/deploy.js';
import { loadImages } from '../../shipping/kubernetes/deploy/load-images.js';
import { contextOf } from '../../shipping/kubernetes/deploy/preflight.js';
import { ClusterCommand, clusterFlags, manifestFlags } from '../../terminal/base-commands/cluster-command.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { confirmCluster } from '../../terminal/questions/confirm-cluster.js';
import { deployedText } from '../../terminal/reports/deployed-text.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { rolloutView } from '../../terminal/progress/rollout-view.js';
import type { Cluster } from '../../shipping/kubernetes/cluster.js';
import type { DeployReport } from '../../shipping/kubernetes/deploy/deploy.js';
import type { Kubectl } from '../../shipping/kubernetes/deploy/kubectl.js';

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
    'dry-run': Flags.boolean({ description: 'let the cluster validate everything; change nothing' }),
    diff: Flags.boolean({ description: 'show what would change; change nothing' }),
    timeout: timeoutFlag('10m'),
    rollback: Flags.boolean({
      default: true,
      allowNo: true,
      description: 'roll back if something does not come up',
    }),
    load: Flags.boolean({
      description: 'load the images into a local node first: kind, minikube or containerd',
    }),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation, even for a remote cluster' }),
  };

  async run() {
    const { flags } = await this.parse(DeployK8s);
    const { cluster, kubectl } = await this.cluster(flags);
    const { context, server, local } = await contextOf(kubectl);
    this.log(`${cluster.system.name} → ${context} (${server}), namespace ${cluster.namespace}`);
    const signal = interruptSignal({
      notice: () =>
        'stopping; changes that the cluster has accepted stay, and the next run finishes the deployment',
    });
    if (flags['dry-run']) return this.#dryRun(kubectl, cluster);
    if (flags.diff) return this.#diff(kubectl, cluster);
    if (!local && !flags.yes) await confirmCluster(context);
    const view = await rolloutView({ silent: this.jsonEnabled(), colours: coloursOf(process.stdout) });
    if (flags.load) {
      const loading = loadImages(cluster, context, signal);
      view.step(`loaded ${(await this.during('loading the images into the node', loading)).join(', ')}`);
    }
    const startedAt = Date.now();
    const request = {
      kubectl,
      cluster,
      signal,
      timeoutMs: flags.timeout,
      rollback: flags.rollback,
      progress: view,
    };
    const report = await deploy(request).finally(() => view.end());
    return this.#report({ ...report, context, seconds: Math.round((Date.now() - startedAt) / 100) / 10 });
  }

  async #dryRun(kubectl: Kubectl, cluster: Cluster) {
    const checked = await this.during('querying the cluster', dryRun(kubectl, cluster));
    this.log(`the cluster accepts all ${checked.objects} objects; nothing was changed`);
    return checked;
  }

  async #diff(kubectl: Kubectl, cluster: Cluster) {
    const diff = await this.during('querying the cluster', diffOf(kubectl, deployedManifests(cluster)));
    this.logData(diff || 'nothing would change');
    return { changed: changedIn(diff) };
  }

  #report(report: DeployReport & { context: string; seconds: number }) {
    this.log(deployedText(report));
    return report;
  }
}
