/**
 * A tab of the playground. Strings in its variables and headers may contain `{{path}}`, which is replaced when the tab is run:
 * by the value at that path in an earlier response (`{{createUser.id}}`), or by a unique string (`{{unique}}`).
 */
export interface Example {
  /** One named operation; the name is the title of the tab. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** For a subscription: the operation of another tab, which is run until the first event arrives. */
  readonly causedBy?: string;
}
