import type { Manifest } from './manifest.js';

const CLUSTER_WIDE = ['Namespace'];

/** Where the API has an object: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris */
export function pathOf({ apiVersion, kind, metadata }: Manifest, namespace: string): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within = CLUSTER_WIDE.includes(kind) ? '' : `/namespaces/${metadata.namespace ?? namespace}`;
  return `${group}${within}/${pluralOf(kind.toLowerCase())}/${metadata.name}`;
}

/** The kinds that we make follow the rule of English. */
function pluralOf(kind: string): string {
  if (kind.endsWith('y')) return `${kind.slice(0, -1)}ies`;
  return kind.endsWith('s') ? `${kind}es` : `${kind}s`;
}
