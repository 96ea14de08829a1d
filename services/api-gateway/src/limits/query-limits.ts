/** How large an operation may be. */
export interface QueryLimits {
  /** Fields within fields. */
  readonly depth: number;
  /** Objects that are answered at most; see `costOf`. */
  readonly cost: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Names, braces, values: what the parser reads before it gives up. */
  readonly tokens: number;
}
