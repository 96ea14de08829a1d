import { MsxError } from '../../errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import { foreignSecrets } from '../secrets/wanted-secrets.js';
import type { Kubectl } from './kubectl.js';

export interface ContextReport {
  readonly context: string;
  readonly server: string;
  /** On this machine, or made by a tool for clusters on this machine. */
  readonly local: boolean;
  readonly namespaceThere: boolean;
}

interface KubeConfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
}

const LOCAL_CONTEXT = /^(kind-|k3d-|minikube$|docker-desktop$|rancher-desktop$|colima|orbstack$|microk8s$)/;
const LOCAL_HOST = /^https?:\/\/(127\.|localhost|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/;

/** Which cluster it would be, without asking it. Throws NO_KUBECTL, NO_CONTEXT. */
export async function contextOf(
  kubectl: Kubectl,
): Promise<Pick<ContextReport, 'context' | 'server' | 'local'>> {
  const config = await kubectl.json<KubeConfig>(['config', 'view']);
  const context = kubectl.target.context ?? config['current-context'];
  const entry = config.contexts?.find(({ name }) => name === context);
  if (!context || !entry)
    throw new MsxError('NO_CONTEXT', {
      ...(context && { context }),
      reason: context ? 'the kubeconfig has no such context' : 'current-context is not set',
    });
  const server = config.clusters?.find(({ name }) => name === entry.context.cluster)?.cluster.server ?? '';
  return { context, server, local: LOCAL_CONTEXT.test(context) || LOCAL_HOST.test(server) };
}

const VERBS: readonly [group: string, resource: string, verbs: readonly string[]][] = [
  ['apps', 'deployments', ['get', 'create', 'patch']],
  ['apps', 'statefulsets', ['create', 'patch']],
  ['batch', 'jobs', ['create', 'delete']],
  ['', 'services', ['create', 'patch']],
  ['', 'configmaps', ['create', 'patch']],
  ['', 'secrets', ['list', 'create']],
  ['', 'pods', ['list']],
  ['', 'pods/log', ['get']],
  ['', 'pods/portforward', ['create']],
  ['networking.k8s.io', 'networkpolicies', ['create', 'patch']],
  ['rbac.authorization.k8s.io', 'roles', ['create', 'patch']],
];

/** Whether all that a deployment does may be done. Throws CLUSTER_UNREACHABLE, CLUSTER_FORBIDDEN naming all that may not. */
export async function checkPermissions(kubectl: Kubectl): Promise<void> {
  const { namespace } = kubectl.target;
  const reviews = VERBS.flatMap(([group, name, verbs]) => {
    const [resource, subresource] = name.split('/');
    return verbs.map((verb) => ({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { group, resource, ...(subresource && { subresource }), verb, namespace } },
    }));
  });
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: reviews });
  const answer = ['verb', 'resource'].map((field) => `{.spec.resourceAttributes.${field}}`).join(' ');
  const output = `jsonpath={.status.allowed} ${answer}{"\\n"}`;
  const text = await kubectl.run(['create', '--validate=false', '-f', '-', '-o', output], { input });
  const forbidden = text
    .split('\n')
    .filter((line) => /^(false)? /.test(line))
    .map((line) => line.replace(/^(false)? /, ''));
  if (forbidden.length > 0)
    throw new MsxError('CLUSTER_FORBIDDEN', { reason: `in ${namespace}: ${forbidden.join(', ')}` });
}

/** Whether the namespace is there. Throws NAMESPACE_TERMINATING. */
export async function namespaceThere(kubectl: Kubectl): Promise<boolean> {
  const { namespace } = kubectl.target;
  const text = await kubectl.run(['get', 'namespace', namespace, '--ignore-not-found', '-o', 'json']);
  if (!text.trim()) return false;
  const { status } = JSON.parse(text) as { status?: { phase?: string } };
  if (status?.phase === 'Terminating') throw new MsxError('NAMESPACE_TERMINATING', { namespace });
  return true;
}

/** Throws SECRETS_MISSING naming those that msx does not make. */
export async function checkForeignSecrets(kubectl: Kubectl, cluster: Cluster): Promise<void> {
  const wanted = foreignSecrets(cluster);
  if (wanted.length === 0) return;
  const { items } = await kubectl.json<{ items: { metadata: { name: string }; data?: object }[] }>([
    'get',
    'secrets',
  ]);
  const missing = wanted.flatMap(({ name, keys }) => {
    const there = items.find(({ metadata }) => metadata.name === name);
    const absent = keys.filter((key) => !Object.hasOwn(there?.data ?? {}, key));
    return absent.length > 0 ? [`${name}: ${absent.join(', ')}`] : [];
  });
  if (missing.length > 0) throw new MsxError('SECRETS_MISSING', { secrets: missing });
}
