import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { buildStale } from '../build/build-stale.js';
import { MsxError } from '../errors/msx-error.js';
import { secretsFile } from '../installation.js';
import { readJson } from '../system/read-file.js';
import type { Service, System } from '../system/system.js';

export interface Packed {
  readonly service: string;
  readonly folder: string;
  readonly files: number;
}

/** What a service reads at run time besides what it imports. */
const DATA = ['package.json', 'config', 'dist/gen/descriptor.binpb'];

/** Loaded only to generate types from a schema, which a running service does not do; 13 MB. */
const UNUSED = ['**/node_modules/ts-morph/**', '**/node_modules/@ts-morph/**'];

/** What is known of files that several services load. */
interface Known {
  /** How nft sees them. */
  readonly traced: object;
  /** Where a file, by its path below the root, was copied to first. */
  readonly copies: Map<string, string>;
}

/**
 * Copies a service and whatever its program loads, in their places below the root of the system, to `folder`, which
 * becomes all that an image needs beside Node; with it goes what makes the Secrets of a cluster. Builds the service first when it is stale. Throws FOLDER_NOT_EMPTY,
 * PACK_FILE_MISSING.
 */
export async function packService(system: System, service: Service, folder: string): Promise<Packed> {
  const [packed] = await packAll(system, [{ service, folder }]);
  return packed!;
}

/** Each service in a folder of its own, called like it. Reading what they have in common once takes half the time. */
export const packServices = (system: System, folder: string): Promise<Packed[]> =>
  packAll(
    system,
    system.services.map((service) => ({ service, folder: join(folder, service.name) })),
  );

interface Parcel {
  readonly service: Service;
  readonly folder: string;
}

async function packAll(system: System, parcels: Parcel[]): Promise<Packed[]> {
  const taken = parcels.find(({ folder }) => existsSync(folder));
  if (taken) throw new MsxError('FOLDER_NOT_EMPTY', { folder: taken.folder });
  await buildStale(
    system,
    parcels.map(({ service }) => service),
  );
  const known: Known = { traced: {}, copies: new Map() };
  const packed: Packed[] = [];
  for (const parcel of parcels) packed.push(await pack(system, parcel, known));
  return packed;
}

async function pack(system: System, { service, folder }: Parcel, known: Known): Promise<Packed> {
  const files = await filesOf(system, service, known);
  const fresh = `${folder}.${process.pid}`;
  try {
    for (const file of files) {
      const copied = known.copies.get(file);
      // A second name of a file costs nothing, and most files are in all services.
      if (copied) copy(copied, join(fresh, file), linkSync);
      else copy(join(system.root, file), join(fresh, file));
    }
    copy(secretsFile, join(fresh, 'msx/secrets.js'));
    writeFileSync(join(fresh, 'msx/package.json'), '{ "type": "module" }\n');
    renameSync(fresh, folder);
    for (const file of files) if (!known.copies.has(file)) known.copies.set(file, join(folder, file));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return { service: service.name, folder, files: files.length + 2 };
}

async function filesOf({ root }: System, { folder, path }: Service, known: Known): Promise<string[]> {
  const { nodeFileTrace } = await import('@vercel/nft');
  const { fileList } = await nodeFileTrace([join(folder, 'dist/main.js')], {
    base: realpathSync(root),
    processCwd: folder,
    ignore: UNUSED,
    cache: known.traced,
    mixedModules: true, // require of node:module within ES modules
  });
  const data = DATA.map((name) => join(path, name)).filter((name) => existsSync(join(root, name)));
  const named = namedFiles(folder).map((file) => relative(root, file));
  return [...new Set([...fileList, ...data, ...named])].sort();
}

/** Files that a program reads without importing them, and what says whose they are: `msx.pack` in the service's package.json. */
function namedFiles(folder: string): string[] {
  const own = join(folder, 'package.json');
  const { msx } = readJson<{ msx?: { pack?: string[] } }>(own);
  const places = createRequire(own).resolve.paths('_') ?? [];
  return (msx?.pack ?? []).flatMap((name) => {
    const place = places.find((candidate) => existsSync(join(candidate, name)));
    if (!place) throw new MsxError('PACK_FILE_MISSING', { file: own, name });
    return [join(place, name), join(place, packageOf(name), 'package.json')];
  });
}

const packageOf = (file: string): string => /^(@[^/]+\/)?[^/]+/.exec(file)![0];

/** Links between workspaces stay links: what they lead to is traced as well. */
function copy(from: string, to: string, put = copyFileSync as (from: string, to: string) => void): void {
  mkdirSync(dirname(to), { recursive: true });
  if (lstatSync(from).isFile()) put(from, to);
  else cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
