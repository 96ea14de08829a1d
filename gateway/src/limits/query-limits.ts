/** The limits on the size of an operation. */
export interface QueryLimits {
  /** Nesting of fields. */
  readonly depth: number;
  /** Objects in the response; see `costOf`. */
  readonly cost: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Entries of a list in the variables; lists in the document are bounded by `tokens`. */
  readonly listLength: number;
  /** Names, braces and values that the parser reads before it gives up. */
  readonly tokens: number;
}
