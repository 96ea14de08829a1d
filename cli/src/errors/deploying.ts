import { FAILED, WRONG_INPUT, entry, lines } from './entry.js';

/** What can go wrong with a cluster. */
export const deploying = {
  NO_KUBECTL: entry(
    FAILED,
    (_: object) => 'there is no kubectl on this machine',
    'Install it: https://kubernetes.io/docs/tasks/tools.',
  ),
  NO_CONTEXT: entry(
    WRONG_INPUT,
    ({ context, reason }: { context?: string; reason: string }) =>
      `kubectl knows no ${context ? `context "${context}"` : 'cluster'}: ${reason}`,
    'See kubectl config get-contexts, and set KUBECONFIG or pass --context.',
  ),
  CLUSTER_UNREACHABLE: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the cluster does not answer: ${reason}`,
    'Check that it runs and that kubectl get nodes works.',
  ),
  CLUSTER_FORBIDDEN: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the cluster does not let you: ${reason}`,
    'Ask whoever runs it for the role edit in the namespace, and for the namespace itself.',
  ),
  CONTEXT_NOT_CONFIRMED: entry(
    WRONG_INPUT,
    ({ context }: { context: string }) => `nothing was done in ${context}`,
    'Choose another context with --context.',
  ),
  NAMESPACE_TERMINATING: entry(
    FAILED,
    ({ namespace }: { namespace: string }) => `the namespace ${namespace} is being deleted`,
    'Wait until it is gone, then run the command again.',
  ),
  QUOTA_EXCEEDED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `a quota of the namespace is used up: ${reason}`,
    'Raise it, or deploy fewer replicas: --set kubernetes.replicas=1.',
  ),
  MANIFESTS_REFUSED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the cluster refuses the manifests: ${reason}`,
    'Nothing of what was refused was changed.',
  ),
  SECRETS_MISSING: entry(
    FAILED,
    ({ secrets }: { secrets: string[] }) => `Secrets that others have to make are missing:${lines(secrets)}`,
    'Make them with kubectl create secret generic, then run the command again.',
  ),
  KUBECTL_FAILED: entry(
    FAILED,
    (f: { command: string; reason: string }) => `${f.command} failed: ${f.reason}`,
  ),
  IMAGE_NOT_LOADED: entry(
    FAILED,
    (f: { images: string[]; reason: string }) => `${f.images.join(', ')} cannot be loaded: ${f.reason}`,
    'Build them first with msx docker build.',
  ),
  IMAGES_NOT_IN_CLUSTER: entry(
    FAILED,
    ({ failures }: { failures: string[] }) => `the cluster cannot run the images:${lines(failures)}`,
    'Build the images with msx docker build, then push them to where the cluster pulls from, or bring them into a local node with --load.',
  ),
  ROLLOUT_FAILED: entry(
    FAILED,
    (f: { failures: string[]; rolledBack: string[]; untouched?: boolean; kept?: boolean }) =>
      `not everything came up:${lines(f.failures)}` +
      (f.rolledBack.length ? `\nback at what ran before: ${f.rolledBack.join(', ')}` : ''),
    ({ rolledBack, untouched, kept }) =>
      rolledBack.length || untouched
        ? `${untouched ? 'What ran before goes on running. ' : ''}Mend what is named, then deploy again.`
        : kept
          ? 'It was left as it is. See msx deploy status, and msx deploy rollback.'
          : 'There is nothing before it to go back to. Mend what is named, then deploy again.',
  ),
  SMOKE_TEST_FAILED: entry(
    FAILED,
    (f: { url: string; reason: string; rolledBack: string[] }) =>
      `all pods are ready, but ${f.url} does not answer as it should: ${f.reason}` +
      (f.rolledBack.length ? `\nback at what ran before: ${f.rolledBack.join(', ')}` : ''),
    'See msx deploy logs.',
  ),
  NOT_DEPLOYED: entry(
    FAILED,
    (f: { system: string; namespace: string }) => `nothing of ${f.system} is in the namespace ${f.namespace}`,
    'Deploy it with msx deploy k8s, or name another --namespace.',
  ),
};
