/** The parts of API objects that the state of a workload is derived from. */
export interface KubeObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
  readonly spec?: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- of any kind
  readonly status?: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- of any kind
}

export interface PodTrouble {
  readonly pod: string;
  /** What the pod is waiting for, or why it fails. */
  readonly reason: string;
  /** Whether waiting is pointless. */
  readonly hopeless: boolean;
}

export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'Job';
  readonly name: string;
  /** Pods of the current revision that are ready. */
  readonly ready: number;
  /** Desired number of pods. */
  readonly wanted: number;
  readonly state: 'done' | 'waiting' | 'failed';
  /** In a few words; empty if the workload is done. */
  readonly waitingFor: string;
  readonly troubles: readonly PodTrouble[];
}
