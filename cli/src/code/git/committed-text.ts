import { gitOutput } from './git.js';

/**
 * Reads files as they are in the last commit: empty when it does not have them. Undefined when the folder is not in a
 * git repository, so that nobody can tell.
 */
export const committedText =
  (root: string) =>
  async (file: string): Promise<string | undefined> => {
    if ((await gitOutput(root, ['rev-parse', '--show-toplevel'])) === undefined) return undefined;
    return (await gitOutput(root, ['show', `HEAD:./${file}`])) ?? '';
  };
