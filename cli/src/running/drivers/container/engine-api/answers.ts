/** The parts of the engine's answers that are read here. */
export interface ContainerSummary {
  readonly Id: string;
  readonly Names: readonly string[];
  /** For people: `Up 2 minutes (healthy)`. */
  readonly Status: string;
  readonly Labels: Readonly<Record<string, string>>;
  readonly Ports: readonly { readonly PublicPort?: number }[];
}

export interface ContainerDetails {
  readonly Id: string;
  readonly Name: string;
  readonly RestartCount: number;
  readonly Config: { readonly Image: string; readonly Env: readonly string[] };
  readonly State: {
    readonly Status: string;
    readonly Running: boolean;
    readonly Pid: number;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: string; readonly Log?: readonly { readonly Output: string }[] };
  };
}

export interface ContainerStats {
  /** In bytes. */
  readonly memory_stats: { readonly usage: number; readonly stats?: { readonly inactive_file?: number } };
  /** In nanoseconds. */
  readonly cpu_stats: {
    readonly cpu_usage: { readonly total_usage: number };
    readonly system_cpu_usage: number;
    readonly online_cpus: number;
  };
}

export interface ImageDetails {
  readonly Id: string;
  /** In bytes. */
  readonly Size: number;
  readonly Config: {
    readonly User: string;
    readonly Cmd: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
  };
}

/** What a container is created from. */
export interface Creation {
  readonly name?: string;
  readonly Image: string;
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly HostConfig?: {
    readonly PortBindings?: Readonly<Record<string, readonly { HostIp: string; HostPort: string }[]>>;
    readonly Binds?: readonly string[];
    readonly PidMode?: string;
  };
}

export interface LogOptions {
  /** Number of lines. */
  readonly tail?: number;
  /** Seconds since the epoch. */
  readonly since?: number;
  readonly timestamps?: boolean;
}
