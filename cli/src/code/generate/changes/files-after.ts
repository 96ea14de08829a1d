import type { FileTree } from '../../../model/system/file-tree.js';
import type { Changes } from './changes.js';

/** A view of the files after the changes, to derive projections before anything is written. */
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
      // A folder that loses its last file is removed.
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
