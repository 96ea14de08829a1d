import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { buildStale } from '../../code/build/build-stale.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { secretsFile } from '../../installation.js';
import { replaceWith } from '../../model/files/replace-file.js';
import { readJson } from '../../model/system/read-file.js';
import type { Service, System } from '../../model/system/system.js';

export interface PackedService {
  readonly service: string;
  readonly folder: string;
  readonly files: number;
}

/** Files that a service reads at run time in addition to its imports. */
const DATA_FILES = ['package.json', 'config', 'dist/gen/descriptor.binpb'];

/** Code that gets source maps for its stack traces: that of the system and of msx. */
const MAPPED = /^(?!.*node_modules\/(?!@msx\/)).*\.js$/;

/** Only needed to generate types from a schema, which a running service does not do; 13 MB. */
const UNUSED = ['**/node_modules/ts-morph/**', '**/node_modules/@ts-morph/**'];

/** Shared between services, since they load mostly the same files. */
interface PackCache {
  /** The cache of nft, which traces imports. */
  readonly traced: object;
  /** The first copy of each file, by its path relative to the root. */
  readonly copies: Map<string, string>;
}

/**
 * Copies a service and everything its program loads to `folder`, at the same relative paths: all that an image needs
 * besides Node. Adds the program that creates the Secrets of a cluster. Builds a stale service first. Throws
 * FOLDER_NOT_EMPTY, PACK_FILE_MISSING.
 */
export async function packService(system: System, service: Service, folder: string): Promise<PackedService> {
  const [packed] = await packAll(system, [{ service, folder }]);
  return packed!;
}

/** Packs each service into a folder of its own name. Tracing their common files once takes half the time. */
export const packServices = (system: System, folder: string): Promise<PackedService[]> =>
  packAll(
    system,
    system.services.map((service) => ({ service, folder: join(folder, service.name) })),
  );

interface PackTarget {
  readonly service: Service;
  readonly folder: string;
}

async function packAll(system: System, targets: PackTarget[]): Promise<PackedService[]> {
  const existing = targets.find(({ folder }) => existsSync(folder));
  if (existing) throw new MsxError('FOLDER_NOT_EMPTY', { folder: existing.folder });
  await buildStale(
    system,
    targets.map(({ service }) => service),
  );
  const cache: PackCache = { traced: {}, copies: new Map() };
  const packed: PackedService[] = [];
  for (const target of targets) packed.push(await pack(system, target, cache));
  return packed;
}

async function pack(
  system: System,
  { service, folder }: PackTarget,
  cache: PackCache,
): Promise<PackedService> {
  const files = await filesOf(system, service, cache);
  replaceWith(folder, (fresh) => {
    for (const file of files) {
      const copied = cache.copies.get(file);
      // A hard link takes no space, and most files are in every service.
      if (copied) copy(copied, join(fresh, file), linkSync);
      else copy(join(system.root, file), join(fresh, file));
    }
    copy(secretsFile, join(fresh, 'msx/secrets.js'));
    writeFileSync(join(fresh, 'msx/package.json'), '{ "type": "module" }\n');
  });
  for (const file of files) if (!cache.copies.has(file)) cache.copies.set(file, join(folder, file));
  return { service: service.name, folder, files: files.length + 2 };
}

async function filesOf({ root }: System, { folder, path }: Service, cache: PackCache): Promise<string[]> {
  const { nodeFileTrace } = await import('@vercel/nft');
  const { fileList } = await nodeFileTrace([join(folder, 'dist/main.js')], {
    base: realpathSync(root),
    processCwd: folder,
    ignore: UNUSED,
    cache: cache.traced,
    mixedModules: true, // require of node:module within ES modules
  });
  const data = DATA_FILES.map((name) => join(path, name)).filter((name) => existsSync(join(root, name)));
  const named = namedFiles(folder).map((file) => relative(root, file));
  const maps = [...fileList]
    .filter((file) => MAPPED.test(file) && existsSync(join(root, `${file}.map`)))
    .map((file) => `${file}.map`);
  return [...new Set([...fileList, ...maps, ...data, ...named])].sort();
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly msx?: { readonly pack?: readonly string[] };
}

/**
 * Files that a program reads without importing them, with the package.json of their packages: `msx.pack` in the
 * package.json of the service, and in those of the @msx packages that it depends on.
 */
function namedFiles(folder: string): string[] {
  const own = join(folder, 'package.json');
  const { dependencies = {}, msx } = readJson<Manifest>(own);
  const places = createRequire(own).resolve.paths('_') ?? [];
  const named = (msx?.pack ?? []).flatMap((name) => {
    const place = places.find((candidate) => existsSync(join(candidate, name)));
    if (!place) throw new MsxError('PACK_FILE_MISSING', { file: own, name });
    return [join(place, name), join(place, packageOf(name), 'package.json')];
  });
  const ours = Object.keys(dependencies).filter((name) => name.startsWith('@msx/'));
  const packages = ours.flatMap((name) => places.find((place) => existsSync(join(place, name))) ?? []);
  return [...named, ...packages.flatMap((place, n) => namedFiles(realpathSync(join(place, ours[n]!))))];
}

const packageOf = (file: string): string => /^(@[^/]+\/)?[^/]+/.exec(file)![0];

/** Links between workspaces stay links: their targets are traced as well. */
function copy(from: string, to: string, put = copyFileSync as (from: string, to: string) => void): void {
  mkdirSync(dirname(to), { recursive: true });
  if (lstatSync(from).isFile()) put(from, to);
  else cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
