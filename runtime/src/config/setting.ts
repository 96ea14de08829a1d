/** The default of a variable, as text; by environment where they differ. */
export type DefaultText = string | { readonly production: string; readonly elsewhere: string };

/** The services that use a variable; the others accept and ignore it. */
export type UsedBy =
  | 'every service'
  | 'services that serve gRPC'
  | 'services that call others'
  | 'services with a database'
  | 'services with events'
  | 'services that check tokens'
  | 'the service that issues tokens'
  | 'this service';

/** The documentation of a variable, from which the reference of all settings is generated. */
export interface Setting {
  /** The expected text; completes "must be …". */
  readonly expects: string;
  /** Undefined when there is no default. */
  readonly default?: DefaultText;
  readonly purpose: string;
  readonly usedBy: UsedBy;
  /** Whether the value is never shown: it may hold a password or a key. */
  readonly secret?: boolean;
}
