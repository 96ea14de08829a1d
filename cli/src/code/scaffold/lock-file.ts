/** The parts of a package entry in a package-lock.json (version 3) that are needed here. */
export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
  readonly [key: string]: unknown;
}

type Dependencies = Readonly<Record<string, string>>;
export type Packages = Readonly<Record<string, LockEntry>>;

/**
 * The part of a lock file that the given packages need, with the same places and versions, so that a system is
 * installed as it was tested, without asking a registry for the newest versions.
 * @param own the root (''), the workspaces and the unpublished packages, by place
 * @param moved the new places of workspaces of the original, by their old places
 */
export function prunedLock(all: Packages, own: Packages, moved: Readonly<Record<string, string>>): Packages {
  const available: Record<string, LockEntry> = {};
  for (const [place, entry] of Object.entries(all)) {
    const [from] = Object.keys(moved).filter((folder) => place.startsWith(`${folder}/node_modules/`));
    available[from ? place.replace(from, moved[from]!) : place] = entry;
  }
  for (const place of Object.keys(available))
    if (place === '' || !place.includes('node_modules/') || available[place]!.link) delete available[place];
  const graph = new Graph({ ...available, ...own });
  const kept = graph.reach({ dev: true, optional: true });
  const flags = {
    plain: graph.reach({ dev: false, optional: false }),
    withOptional: graph.reach({ dev: false, optional: true }),
    withDev: graph.reach({ dev: true, optional: false }),
  };
  const entries = [...kept].sort().map((place) => [place, flagged(place, graph.packages[place]!, flags)]);
  return Object.fromEntries(entries) as Packages;
}

/** Sets the flags of npm for packages that are only reached through dev or optional dependencies. */
function flagged(place: string, entry: LockEntry, flags: Record<string, Set<string>>): LockEntry {
  const { dev: _dev, optional: _optional, devOptional: _devOptional, ...bare } = entry;
  if (flags['plain']!.has(place)) return bare;
  const viaOptional = flags['withOptional']!.has(place);
  const viaDev = flags['withDev']!.has(place);
  if (viaOptional && viaDev) return { ...bare, devOptional: true };
  return { ...bare, ...(!viaOptional && { dev: true }), ...(!viaDev && { optional: true }) };
}

class Graph {
  constructor(readonly packages: Packages) {}

  /** All places reachable from the root and its workspaces through dependencies of these kinds. */
  reach(kinds: { dev: boolean; optional: boolean }): Set<string> {
    const starts = Object.keys(this.packages).filter((place) => !place.includes('node_modules/'));
    const links = Object.keys(this.packages).filter((place) => this.packages[place]!.link);
    const reached = new Set([...starts, ...links]);
    for (const place of reached)
      for (const name of this.dependenciesOf(place, kinds)) {
        const found = this.find(place, name);
        if (found !== undefined) reached.add(found);
      }
    return reached;
  }

  private dependenciesOf(place: string, { dev, optional }: { dev: boolean; optional: boolean }): string[] {
    const entry = this.packages[place]!;
    const optionals = Object.keys(entry.optionalDependencies ?? {});
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => !entry.peerDependenciesMeta?.[name]?.optional,
    );
    const plain = [...Object.keys(entry.dependencies ?? {}), ...peers];
    return [
      ...plain.filter((name) => !optionals.includes(name)),
      ...(optional ? optionals : []),
      ...(dev && !place.includes('node_modules/') ? Object.keys(entry.devDependencies ?? {}) : []),
    ];
  }

  /** Resolves a package like Node: in the folder itself, then in its parents. */
  private find(place: string, name: string): string | undefined {
    for (let folder: string | undefined = place; folder !== undefined; folder = around(folder)) {
      const candidate = `${folder ? `${folder}/` : ''}node_modules/${name}`;
      if (this.packages[candidate]) return candidate;
    }
    return undefined;
  }
}

/** The next folder whose node_modules is searched. */
function around(folder: string): string | undefined {
  if (folder === '') return undefined;
  const at = folder.lastIndexOf('/node_modules/');
  return at < 0 ? '' : folder.slice(0, at);
}
