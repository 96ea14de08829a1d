import type { Manifest } from './manifest.js';

const CLUSTER_WIDE = ['Namespace'];

/** The path of an object in the API: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris */
export function pathOf({ apiVersion, kind, metadata }: Manifest, namespace: string): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = CLUSTER_WIDE.includes(kind) ? '' : `/namespaces/${metadata.namespace ?? namespace}`;
  return `${group}${scope}/${pluralOf(kind.toLowerCase())}/${metadata.name}`;
}

/** The kinds in use have regular plurals. */
function pluralOf(kind: string): string {
  if (kind.endsWith('y')) return `${kind.slice(0, -1)}ies`;
  return kind.endsWith('s') ? `${kind}es` : `${kind}s`;
}
