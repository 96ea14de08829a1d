import { createHash } from 'node:crypto';
import { stringify } from 'yaml';

/** An object of the Kubernetes API: the fields that all kinds share. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly namespace?: string;
  };
  readonly [field: string]: unknown;
}

export type Type = readonly [apiVersion: string, kind: string];

/** Several objects as one file. */
export function manifestText(title: string, manifests: readonly Manifest[]): string {
  const documents = manifests.map((manifest) =>
    stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  return `# Generated from msx.yaml by "msx render": ${title}\n${documents.join('---\n')}`;
}

/** Changes whenever the content does: pods are then replaced, and Jobs, which are immutable, renamed. */
export const fingerprint = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 10);
