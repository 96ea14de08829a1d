/**
 * A tab of the playground. Strings in its variables and headers may hold `{{path}}`, which is replaced when the tab is
 * run: by what an earlier answer has at that path (`{{createUser.id}}`), or by a text that is new each time (`{{unique}}`).
 */
export interface Example {
  /** One operation, with a name, which is the title of the tab. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For a subscription: the operation of another tab, which is run until the first event comes. */
  readonly causedBy?: string;
}
