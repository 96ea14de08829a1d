import type { StoredSecret } from './ensure-secrets.js';

/** A Secret as the API represents it. */
export interface SecretManifest {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly type: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
  };
  /** Values in base64. */
  readonly data?: Readonly<Record<string, string>>;
}

export interface NamedSecret {
  readonly name: string;
  readonly namespace: string;
  readonly secret: StoredSecret;
  readonly type: string;
}

export function toManifest({ name, namespace, secret, type }: NamedSecret): SecretManifest {
  const { labels, version, content } = secret;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type,
    metadata: { name, namespace, labels, ...(version && { resourceVersion: version }) },
    data: mapped(content, (text) => Buffer.from(text).toString('base64')),
  };
}

export function fromManifest({ metadata, data = {} }: SecretManifest): StoredSecret {
  const { labels = {}, resourceVersion: version } = metadata;
  return {
    labels,
    ...(version && { version }),
    content: mapped(data, (base64) => Buffer.from(base64, 'base64').toString()),
  };
}

const mapped = (values: Readonly<Record<string, string>>, change: (text: string) => string) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
