/** Where a pattern stands in a name: between two characters, of which either may be missing. */
export interface Place {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A state of the automaton: it reads a character, checks its place, branches, or is the end. */
export interface State {
  readonly reads?: (char: string) => boolean;
  readonly holds?: (place: Place) => boolean;
  readonly next: State[];
}
