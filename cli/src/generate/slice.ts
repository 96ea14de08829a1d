import type { Edit } from './edits/edit.js';

/** All that one generation brings: files of its own, and edits of files that others have a part in, too. */
export interface Slice {
  /** Kind and name, as in the ledger. */
  readonly id: string;
  readonly template: string;
  readonly version: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The slice that this one goes into, and is gone with. */
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
