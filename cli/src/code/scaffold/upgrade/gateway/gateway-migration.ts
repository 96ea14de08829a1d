import { hashOf } from '../../../generate/ledger/ledger.js';
import type { ProjectState } from '../../../generate/changes/plan-slice.js';
import type { Edit } from '../../../generate/edits/edit.js';
import type { Slice } from '../../../generate/slice.js';
import { movedImports } from './moved-imports.js';
import type { MovedImports } from './moved-imports.js';
import { MOVED_MODULES } from './moved-modules.js';

/** The version of the system templates since which gateways use @msx/gateway. */
const PACKAGE_SINCE_VERSION = 2;

const SOURCES = 'services/api-gateway/src/';

/** Moves a system from a gateway in source form to the package @msx/gateway. */
export interface GatewayMigration {
  /** Updates the imports of a gateway source; other files are not changed. */
  imports(path: string, text: string): MovedImports;
  /** What the user has to do with a changed file that the gateway no longer has; undefined for other files. */
  replacement(path: string): string | undefined;
  /** Updates edits to files that were renamed. */
  edits(edits: readonly Edit[]): Edit[];
}

/**
 * Undefined when the gateway is already a package.
 * @param version the version of the templates of the last upgrade, or of the creation of the system
 */
export function gatewayMigration(
  version: number,
  slices: readonly Slice[],
  { ledger, read }: ProjectState,
): GatewayMigration | undefined {
  if (version >= PACKAGE_SINCE_VERSION) return undefined;
  const generated = new Set(slices.flatMap(({ files }) => files.map(({ path }) => path)));
  const isGone = (module: string): boolean => {
    const path = `${SOURCES}${module}.ts`;
    const [known, current] = [ledger.files[path], read(path)];
    if (!known || generated.has(path)) return false;
    return current === undefined || hashOf(current) === known.hash;
  };
  return {
    imports: (path, text) =>
      path.startsWith(SOURCES) && path.endsWith('.ts')
        ? movedImports(path.slice(SOURCES.length), text, isGone)
        : { text, byHand: [] },
    replacement: (path) =>
      path.startsWith(SOURCES) ? replacementFor(path.slice(SOURCES.length)) : undefined,
    edits: (edits) => edits.map(movedEdit),
  };
}

function replacementFor(path: string): string {
  const { to } = MOVED_MODULES[path.replace(/\.ts$/, '')] ?? {};
  if (to && !to.startsWith('@'))
    return `${SOURCES}${to}.ts replaces it; make your changes current, and delete this file`;
  if (path.endsWith('.test.ts'))
    return '@msx/gateway contains this test; keep the tests of your own schema, and delete the rest';
  return '@msx/gateway does this now; make your changes with options of GatewayModule.forRoot, such as replace (see node_modules/@msx/gateway/README.md), and delete this file';
}

/** The only file with edits of slices that was renamed, together with its class. */
const FIXTURE = 'upstreams/shop.fixture';

function movedEdit(edit: Edit): Edit {
  if (edit.file !== `${SOURCES}${FIXTURE}.ts`) return edit;
  const { to, renamed } = MOVED_MODULES[FIXTURE]!;
  const file = `${SOURCES}${to}.ts`;
  if (edit.kind !== 'code' || !('class' in edit.where)) return { ...edit, file };
  return { ...edit, file, where: { ...edit.where, class: renamed![edit.where.class] ?? edit.where.class } };
}
