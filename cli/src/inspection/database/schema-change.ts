/** A value that differs between the databases, such as `blob` and `bytea`. */
export type Portable = string | { readonly sqlite: string; readonly postgres: string };

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

interface TableShape {
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  readonly indices: readonly IndexShape[];
}

/** One difference between the entities of a service and its migrations, as the runtime of the service reports it. */
export type SchemaChange = { readonly table: string } & (
  | { readonly kind: 'create-table'; readonly shape: TableShape }
  | { readonly kind: 'rename-column'; readonly from: string; readonly to: string }
  | { readonly kind: 'add-column' | 'drop-column'; readonly column: ColumnShape }
  | { readonly kind: 'change-column'; readonly before: ColumnShape; readonly after: ColumnShape }
  | { readonly kind: 'create-index' | 'drop-index'; readonly index: IndexShape }
);
