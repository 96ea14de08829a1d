/** What a person wants an RPC to be. */
export interface RpcWish {
  /** `order.ShipOrder`: the service, and what it is to do. */
  readonly target: string;
  readonly input: string;
  /** A message of the contract; nothing unless given. */
  readonly output?: string;
  /** It reads and changes nothing. */
  readonly query?: boolean;
  /** Everyone may call it; only admins unless given. */
  readonly public?: boolean;
}
