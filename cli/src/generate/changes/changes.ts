/** What is to become of files, relative to the root: their content, or null for one that goes. */
export type Changes = ReadonlyMap<string, string | Buffer | null>;

/** A file of the system as it is; undefined when there is none. */
export type ReadText = (path: string) => string | undefined;
