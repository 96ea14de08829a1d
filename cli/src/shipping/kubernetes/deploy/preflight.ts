import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { Cluster } from '../cluster.js';
import type { SecretStore } from '../secrets/ensure-secrets.js';
import { providedSecrets } from '../secrets/required-secrets.js';
import type { ApiProxy } from './api-proxy.js';
import type { Kubectl } from './kubectl.js';

export interface ContextReport {
  readonly context: string;
  readonly server: string;
  /** On this machine, or created by a tool for local clusters. */
  readonly local: boolean;
}

interface KubeConfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: { readonly server: string } }[];
}

const LOCAL_CONTEXT = /^(kind-|k3d-|minikube$|docker-desktop$|rancher-desktop$|colima|orbstack$|microk8s$)/;
const LOCAL_HOST = /^https?:\/\/(127\.|localhost|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/;

/** The cluster that kubectl would use, according to the kubeconfig alone. Throws NO_KUBECTL, NO_CONTEXT. */
export async function contextOf(kubectl: Kubectl): Promise<ContextReport> {
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

/** Checks all permissions that a deployment needs. Throws CLUSTER_UNREACHABLE, or CLUSTER_FORBIDDEN naming what is denied. */
export async function checkPermissions(api: ApiProxy): Promise<void> {
  const { namespace } = api;
  const permissions = VERBS.flatMap(([group, name, verbs]) => {
    const [resource, subresource] = name.split('/');
    return verbs.map((verb) => ({ group, resource, ...(subresource && { subresource }), verb, namespace }));
  });
  const answers = await api.sendAll<{ status: { allowed: boolean } }>(permissions.map(reviewOf));
  const forbidden = permissions
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

/** Throws NAMESPACE_TERMINATING. */
export async function namespaceExists(api: ApiProxy): Promise<boolean> {
  const { namespace } = api;
  const request = { method: 'GET', path: `/api/v1/namespaces/${namespace}`, answers: [404] } as const;
  const { status, body } = await api.send<{ status?: { phase?: string } }>(request);
  if (status === 404) return false;
  if (body.status?.phase === 'Terminating') throw new MsxError('NAMESPACE_TERMINATING', { namespace });
  return true;
}

/** Throws SECRETS_MISSING naming the absent Secrets that msx does not create. */
export async function checkProvidedSecrets(store: SecretStore, cluster: Cluster): Promise<void> {
  const found = providedSecrets(cluster).map(async ({ name, keys }) => {
    const stored = await store.get(name);
    const absent = keys.filter((key) => !Object.hasOwn(stored?.content ?? {}, key));
    return absent.length > 0 ? [`${name}: ${absent.join(', ')}`] : [];
  });
  const missing = (await Promise.all(found)).flat();
  if (missing.length > 0) throw new MsxError('SECRETS_MISSING', { secrets: missing });
}
