/**
 * What the restricted Pod Security Standard requires of every pod: no root, no privileges, no capabilities, the default
 * seccomp profile.
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

/** Without a CPU limit, which would only keep pods from using idle cores. */
export const resources = (cpu: string, memory: string, memoryLimit: string) => ({
  requests: { cpu, memory },
  limits: { memory: memoryLimit },
});

/** Turns off what no pod here needs: an API token, and variables for each Service, which would be mistaken for settings. */
export const withoutExtras = { automountServiceAccountToken: false, enableServiceLinks: false };

export const envOf = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));

export interface Mount {
  readonly name: string;
  readonly path: string;
  readonly secret: string;
  /** Only these keys of the Secret (default: all). */
  readonly keys?: readonly string[];
}

/** Secrets as files: unlike variables, they are updated in a running pod. */
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

/** Probes whether the port accepts connections. */
export const connectionProbe = (port: string, failureThreshold = 3) => ({
  tcpSocket: { port },
  timeoutSeconds: 5,
  periodSeconds: 2,
  failureThreshold,
});
