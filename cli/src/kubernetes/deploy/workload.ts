/** The parts of the API's objects that tell how far they are. */
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
  /** What it is waiting for, or why it does not work. */
  readonly reason: string;
  /** Whether waiting will not help. */
  readonly hopeless: boolean;
}

export interface Workload {
  readonly kind: 'Deployment' | 'StatefulSet' | 'Job';
  readonly name: string;
  /** Pods of the present kind that are ready, of those there are to be. */
  readonly ready: number;
  readonly wanted: number;
  readonly state: 'done' | 'waiting' | 'failed';
  /** In a few words; empty when it is done. */
  readonly waitingFor: string;
  readonly troubles: readonly PodTrouble[];
}
