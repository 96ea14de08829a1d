import type { Edit } from './edits/edit.js';

/** The result of one generation: its own files, and edits to files shared with others. */
export interface Slice {
  /** The kind and name, as in the ledger. */
  readonly id: string;
  readonly template: string;
  readonly version: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The slice that this one extends, and is removed with. */
  readonly part?: string;
  readonly files: readonly SliceFile[];
  readonly edits: readonly Edit[];
}

export interface SliceFile {
  /** Relative to the root. */
  readonly path: string;
  /** The file of the template, relative to the templates. */
  readonly template: string;
  readonly text: string;
}
