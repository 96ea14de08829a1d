import { FAILED, WRONG_INPUT, entry, lines } from './entry.js';

/** Errors of clusters and deployments. */
export const deploying = {
  NO_KUBECTL: entry(
    FAILED,
    (_: object) => 'kubectl was not found',
    'Install it and add it to the PATH: https://kubernetes.io/docs/tasks/tools.',
  ),
  NO_CONTEXT: entry(
    WRONG_INPUT,
    ({ context, reason }: { context?: string; reason: string }) =>
      `kubectl has no ${context ? `context "${context}"` : 'current context'}: ${reason}`,
    'See kubectl config get-contexts, and set KUBECONFIG or pass --context.',
  ),
  CLUSTER_UNREACHABLE: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the cluster does not answer: ${reason}`,
    'Check that it runs and that kubectl get nodes works.',
  ),
  CLUSTER_FORBIDDEN: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the cluster denied access: ${reason}`,
    'Ask the administrator of the cluster for the role edit in the namespace, and for the namespace itself.',
  ),
  CONTEXT_NOT_CONFIRMED: entry(
    WRONG_INPUT,
    ({ context }: { context: string }) => `not confirmed: nothing was changed in ${context}`,
    'Choose another context with --context.',
  ),
  NAMESPACE_TERMINATING: entry(
    FAILED,
    ({ namespace }: { namespace: string }) => `the namespace ${namespace} is being deleted`,
    'Wait until it is gone, then run the command again.',
  ),
  QUOTA_EXCEEDED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `a resource quota of the namespace is exceeded: ${reason}`,
    'Raise it, or deploy fewer replicas: --set kubernetes.replicas=1.',
  ),
  MANIFESTS_REFUSED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `the cluster rejected the manifests: ${reason}`,
    'The rejected objects were not changed.',
  ),
  SECRETS_MISSING: entry(
    FAILED,
    ({ secrets }: { secrets: string[] }) =>
      `these Secrets, which msx cannot create, are missing:${lines(secrets)}`,
    'Create them with kubectl create secret generic, then run the command again.',
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
    'Build the images with msx docker build, then push them to the registry that the cluster pulls from, or load them into a local node with --load.',
  ),
  ROLLOUT_FAILED: entry(
    FAILED,
    (f: { failures: string[]; rolledBack: string[]; untouched?: boolean; kept?: boolean }) =>
      `not everything came up:${lines(f.failures)}` +
      (f.rolledBack.length ? `\nrolled back: ${f.rolledBack.join(', ')}` : ''),
    ({ rolledBack, untouched, kept }) =>
      rolledBack.length || untouched
        ? `${untouched ? 'The previous version is still running. ' : ''}Fix the cause, then deploy again.`
        : kept
          ? 'The deployment was left as it is: see msx deploy status and msx deploy rollback.'
          : 'There is no previous version to roll back to. Fix the cause, then deploy again.',
  ),
  SMOKE_TEST_FAILED: entry(
    FAILED,
    (f: { url: string; reason: string; rolledBack: string[] }) =>
      `all pods are ready, but ${f.url} did not respond as expected: ${f.reason}` +
      (f.rolledBack.length ? `\nrolled back: ${f.rolledBack.join(', ')}` : ''),
    'See msx deploy logs.',
  ),
  NEVER_REPLACED: entry(
    FAILED,
    (f: { system: string; namespace: string }) =>
      `${f.system} has no previous deployment in the namespace ${f.namespace}`,
    'There is nothing to roll back to: deploy another version with msx deploy k8s.',
  ),
  NOT_DEPLOYED: entry(
    FAILED,
    (f: { system: string; namespace: string }) =>
      `${f.system} is not deployed in the namespace ${f.namespace}`,
    'Deploy it with msx deploy k8s, or choose another namespace with --namespace.',
  ),
};
