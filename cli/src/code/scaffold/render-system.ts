import { basename, dirname } from 'node:path/posix';
import {
  baseFile,
  emptyLedger,
  hashOf,
  LEDGER_FILE,
  ledgerText,
  packBase,
} from '../generate/ledger/ledger.js';
import { LAUNCH_FILE, launchConfiguration } from '../generate/service/launch-configuration.js';
import { withVendored } from '../generate/service/vendored-packages.js';
import { parseSystem } from '../../model/system/load-system.js';
import { modelText } from './model-text.js';
import { lockText, vendoredPackages } from './package-files.js';
import { systemName } from './system-request.js';
import { templateFiles } from './template-files.js';
import type { LedgerFile } from '../generate/ledger/ledger.js';
import type { Kit } from './kit.js';
import type { SystemRequest } from './system-request.js';
import type { TemplateFile } from './template-files.js';

/** The slice id of the initial files of a system. */
export const SYSTEM_SLICE = 'system';

/** The version of the templates of systems, increased when their output changes. */
export const SYSTEM_VERSION = 2;

/** The initial files of a system, before anything is generated. */
export function systemFiles(request: SystemRequest, kit: Kit): TemplateFile[] {
  const name = systemName(request.name);
  const files = ['system', request.variant].flatMap((folder) => templateFiles(kit.templates, folder, name));
  const model = modelText(files.find(({ path }) => path === 'msx.yaml')!.text, name, request);
  return files.map((file) => {
    if (file.path === 'msx.yaml') return { ...file, text: model };
    if (file.path === LAUNCH_FILE) return { ...file, text: launchText(file.text, model) };
    if (basename(file.path) !== 'package.json') return file;
    return { ...file, text: withVendored(file.text, dirname(file.path), vendoredPackages(kit.vendored)) };
  });
}

/** Adds a debug configuration for each service. */
function launchText(template: string, model: string): string {
  const { services } = parseSystem(model, '/', () => true);
  const launch = JSON.parse(template) as object;
  return JSON.stringify({ ...launch, configurations: services.map(launchConfiguration) }, null, 2) + '\n';
}

/** The contents of a system by path: its files, the lock file, the vendored packages and the ledger. */
export function renderSystem(request: SystemRequest, kit: Kit): Map<string, string | Buffer> {
  const files = systemFiles(request, kit);
  const contents = new Map<string, string | Buffer>(files.map(({ path, text }) => [path, text]));
  const workspaces = new Map(
    files
      .filter(({ path }) => /^services\/[^/]+\/package\.json$/.test(path))
      .map(({ path, text }) => [dirname(path), text]),
  );
  contents.set('package-lock.json', lockText(String(contents.get('package.json')), workspaces, kit));
  for (const { file, content } of kit.vendored) contents.set(`vendor/${file}`, content);
  for (const [path, content] of ledgerOf(request, files)) contents.set(path, content);
  return contents;
}

function ledgerOf(request: SystemRequest, files: readonly TemplateFile[]): [string, string | Buffer][] {
  const hashes = files.map((file) => ({ ...file, hash: hashOf(file.text) }));
  const entries: Record<string, LedgerFile> = Object.fromEntries(
    hashes.map(({ path, template, hash }) => [path, { slice: SYSTEM_SLICE, template, hash }]),
  );
  const { first: _first, ...inputs } = request;
  const slice = { template: 'system', version: SYSTEM_VERSION, inputs, edits: [] };
  const ledger = { ...emptyLedger, slices: { [SYSTEM_SLICE]: slice }, files: entries };
  return [
    [LEDGER_FILE, ledgerText(ledger)],
    ...hashes.map(({ text, hash }): [string, Buffer] => [baseFile(hash), packBase(text)]),
  ];
}
