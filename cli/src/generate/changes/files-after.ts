import type { FileTree } from '../../system/file-tree.js';
import type { Changes } from './changes.js';

/** Files as they will be, so that what follows from them can be asked before any of them is written. */
export function filesAfter(changes: Changes, files: FileTree): FileTree {
  const below = (folder: string) => [...changes.keys()].filter((path) => path.startsWith(`${folder}/`));
  const after: FileTree = {
    read(path) {
      const content = changes.get(path);
      if (content === undefined) return files.read(path);
      return content === null ? undefined : String(content);
    },
    has(path) {
      const content = changes.get(path);
      if (content !== undefined) return content !== null;
      // A folder that loses its last file goes with it.
      return below(path).length > 0 ? after.names(path).length > 0 : files.has(path);
    },
    names(folder) {
      const added = below(folder).map((path) => path.slice(folder.length + 1).split('/')[0]!);
      return [...new Set([...files.names(folder), ...added])].filter((name) =>
        after.has(`${folder}/${name}`),
      );
    },
  };
  return after;
}
