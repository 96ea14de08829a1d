/**
 * What the restricted Pod Security Standard asks of every pod: no root, no privilege, no capability, the default set of
 * system calls.
 */
export const podSecurity = (user: number) => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
});

export const containerSecurity = ({ writable = false } = {}) => ({
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  ...(!writable && { readOnlyRootFilesystem: true }),
});

/** No limit of the CPU: it would only slow down what could use idle cores. */
export const resources = (cpu: string, memory: string, memoryLimit: string) => ({
  requests: { cpu, memory },
  limits: { memory: memoryLimit },
});

/** What no pod here needs: a token for the API, and a variable for each Service, which are taken for settings. */
export const withoutExtras = { automountServiceAccountToken: false, enableServiceLinks: false };

export const envOf = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));

export interface Mount {
  readonly name: string;
  readonly path: string;
  readonly secret: string;
  /** Only these keys of it. */
  readonly keys?: readonly string[];
}

/** Secrets as files: replaced ones reach a running pod, as variables would not. */
export const mountsOf = (mounts: readonly Mount[]) => ({
  volumeMounts: mounts.map(({ name, path }) => ({ name, mountPath: path, readOnly: true })),
  volumes: mounts.map(({ name, secret, keys }) => ({
    name,
    secret: {
      secretName: secret,
      defaultMode: 0o440,
      ...(keys && { items: keys.map((key) => ({ key, path: key })) }),
    },
  })),
});

/** Whether a connection can be made. */
export const listens = (port: string, failureThreshold = 3) => ({
  tcpSocket: { port },
  timeoutSeconds: 5,
  periodSeconds: 2,
  failureThreshold,
});
