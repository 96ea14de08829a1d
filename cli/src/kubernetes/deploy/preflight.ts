import { MsxError } from '../../errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import type { SecretStore } from '../secrets/ensure-secrets.js';
import { foreignSecrets } from '../secrets/wanted-secrets.js';
import type { ApiProxy } from './api-proxy.js';
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
  ['', 'secrets', ['get', 'create', 'update']],
  ['', 'pods', ['list']],
  ['', 'pods/log', ['get']],
  ['', 'pods/portforward', ['create']],
  ['networking.k8s.io', 'networkpolicies', ['create', 'patch']],
  ['rbac.authorization.k8s.io', 'roles', ['create', 'patch']],
];

/** Whether all that a deployment does may be done. Throws CLUSTER_UNREACHABLE, CLUSTER_FORBIDDEN naming all that may not. */
export async function checkPermissions(api: ApiProxy): Promise<void> {
  const { namespace } = api;
  const asked = VERBS.flatMap(([group, name, verbs]) => {
    const [resource, subresource] = name.split('/');
    return verbs.map((verb) => ({ group, resource, ...(subresource && { subresource }), verb, namespace }));
  });
  const answers = await api.sendAll<{ status: { allowed: boolean } }>(asked.map(reviewOf));
  const forbidden = asked
    .filter((_, index) => !answers[index]!.body.status.allowed)
    .map(({ verb, resource }) => `${verb} ${resource}`);
  if (forbidden.length > 0)
    throw new MsxError('CLUSTER_FORBIDDEN', { reason: `in ${namespace}: ${forbidden.join(', ')}` });
}

const reviewOf = (resourceAttributes: object) =>
  ({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    },
  }) as const;

/** Whether the namespace is there. Throws NAMESPACE_TERMINATING. */
export async function namespaceThere(api: ApiProxy): Promise<boolean> {
  const { namespace } = api;
  const request = { method: 'GET', path: `/api/v1/namespaces/${namespace}`, answers: [404] } as const;
  const { status, body } = await api.send<{ status?: { phase?: string } }>(request);
  if (status === 404) return false;
  if (body.status?.phase === 'Terminating') throw new MsxError('NAMESPACE_TERMINATING', { namespace });
  return true;
}

/** Throws SECRETS_MISSING naming those that msx does not make. */
export async function checkForeignSecrets(store: SecretStore, cluster: Cluster): Promise<void> {
  const found = foreignSecrets(cluster).map(async ({ name, keys }) => {
    const there = await store.get(name);
    const absent = keys.filter((key) => !Object.hasOwn(there?.content ?? {}, key));
    return absent.length > 0 ? [`${name}: ${absent.join(', ')}`] : [];
  });
  const missing = (await Promise.all(found)).flat();
  if (missing.length > 0) throw new MsxError('SECRETS_MISSING', { secrets: missing });
}
