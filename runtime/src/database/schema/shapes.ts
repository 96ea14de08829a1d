/** A value that differs between the databases, such as `blob` and `bytea`. */
export type Portable = string | { readonly sqlite: string; readonly postgres: string };

/** A column, as far as a comparison looks at it. */
export interface ColumnShape {
  readonly name: string;
  readonly type: Portable;
  readonly length?: string;
  readonly nullable?: boolean;
  readonly primary?: boolean;
  readonly generated?: 'increment' | 'uuid';
  /** As SQL. */
  readonly default?: Portable;
  /** Whether its text is JSON. */
  readonly json?: boolean;
}

export interface IndexShape {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: boolean;
  readonly where?: string;
  /** Whether it belongs to a unique constraint. */
  readonly constraint?: boolean;
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly indices: readonly IndexShape[];
}

/** One difference between the entities of a service and its migrations, with all that is needed to make it and to undo it. */
export type SchemaChange =
  | { readonly kind: 'create-table'; readonly table: string; readonly shape: TableShape }
  | { readonly kind: 'rename-column'; readonly table: string; readonly from: string; readonly to: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: ColumnShape }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: ColumnShape }
  | {
      readonly kind: 'change-column';
      readonly table: string;
      readonly before: ColumnShape;
      readonly after: ColumnShape;
    }
  | { readonly kind: 'create-index'; readonly table: string; readonly index: IndexShape }
  | { readonly kind: 'drop-index'; readonly table: string; readonly index: IndexShape };

/** What the entities of a service would change. */
export interface SchemaDifference {
  readonly changes: readonly SchemaChange[];
  /** What differs and has to be decided by a person, as sentences. */
  readonly notes: readonly string[];
}
