/** The new content of files by path relative to the root; null deletes a file. */
export type Changes = ReadonlyMap<string, string | Buffer | null>;

/** Reads a file of the system; undefined when it does not exist. */
export type ReadText = (path: string) => string | undefined;
