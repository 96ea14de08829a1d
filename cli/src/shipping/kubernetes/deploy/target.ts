/** A cluster and a namespace in it. */
export interface Target {
  /** A context of the kubeconfig (default: the current one). */
  readonly context?: string;
  readonly namespace: string;
}
