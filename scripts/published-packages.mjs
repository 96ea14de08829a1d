import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const manifestIn = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/**
 * The folders of all workspaces of a repository: `broker`, `services/user-service`, …
 * @returns {string[]}
 */
export function workspaces(root) {
  return manifestIn(root)
    .workspaces.flatMap((pattern) =>
      pattern.endsWith('/*')
        ? readdirSync(join(root, pattern.slice(0, -2))).map((name) => `${pattern.slice(0, -1)}${name}`)
        : [pattern],
    )
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
}

/** The workspaces that are published, with their package.json: all that are not private. */
export const publishedPackages = (root) =>
  workspaces(root)
    .map((folder) => ({ folder, manifest: manifestIn(join(root, folder)) }))
    .filter(({ manifest }) => !manifest.private);

/** The repository URL in the root package.json, which applies to all packages. */
export const repositoryUrl = (root) => manifestIn(root).repository.url;
