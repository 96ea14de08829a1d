/** The RPC to generate. */
export interface RpcRequest {
  /** `order.ShipOrder`: the service and the method. */
  readonly target: string;
  readonly input: string;
  /** A message of the contract (default: an empty response). */
  readonly output?: string;
  /** Whether it only reads. */
  readonly query?: boolean;
  /** Whether everyone may call it (default: only admins). */
  readonly public?: boolean;
}
