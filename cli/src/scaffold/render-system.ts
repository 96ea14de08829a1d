import { dirname } from 'node:path/posix';
import {
  baseFile,
  emptyLedger,
  hashOf,
  LEDGER_FILE,
  ledgerText,
  packBase,
} from '../generate/ledger/ledger.js';
import { modelText } from './model-text.js';
import { lockText, rootManifest } from './package-files.js';
import { systemName } from './system-wish.js';
import { templateFiles } from './template-files.js';
import type { LedgerFile } from '../generate/ledger/ledger.js';
import type { Kit } from './kit.js';
import type { SystemWish } from './system-wish.js';
import type { TemplateFile } from './template-files.js';

/** What the ledger calls the files that every system begins with. */
export const SYSTEM_SLICE = 'system';

/** Of the templates of systems, counted up when what they make changes. */
export const SYSTEM_VERSION = 1;

/** The files of a system as its templates have them, before anything is generated into it. */
export function systemFiles(wish: SystemWish, kit: Kit): TemplateFile[] {
  const name = systemName(wish.name);
  const files = ['system', wish.variant].flatMap((folder) => templateFiles(kit.templates, folder, name));
  return files.map((file) => {
    if (file.path === 'msx.yaml') return { ...file, text: modelText(file.text, name, wish) };
    return file.path === 'package.json' ? { ...file, text: rootManifest(file.text, kit.vendored) } : file;
  });
}

/** The same as contents by path, with the lock file, what is vendored, and the ledger. */
export function renderSystem(wish: SystemWish, kit: Kit): Map<string, string | Buffer> {
  const files = systemFiles(wish, kit);
  const contents = new Map<string, string | Buffer>(files.map(({ path, text }) => [path, text]));
  const workspaces = new Map(
    files
      .filter(({ path }) => /^services\/[^/]+\/package\.json$/.test(path))
      .map(({ path, text }) => [dirname(path), text]),
  );
  contents.set('package-lock.json', lockText(String(contents.get('package.json')), workspaces, kit));
  for (const { file, content } of kit.vendored) contents.set(`vendor/${file}`, content);
  for (const [path, content] of ledgerOf(wish, files)) contents.set(path, content);
  return contents;
}

function ledgerOf(wish: SystemWish, files: readonly TemplateFile[]): [string, string | Buffer][] {
  const hashes = files.map((file) => ({ ...file, hash: hashOf(file.text) }));
  const known: Record<string, LedgerFile> = Object.fromEntries(
    hashes.map(({ path, template, hash }) => [path, { slice: SYSTEM_SLICE, template, hash }]),
  );
  const { first: _first, ...inputs } = wish;
  const slice = { template: 'system', version: SYSTEM_VERSION, inputs, edits: [] };
  const ledger = { ...emptyLedger, slices: { [SYSTEM_SLICE]: slice }, files: known };
  return [
    [LEDGER_FILE, ledgerText(ledger)],
    ...hashes.map(({ text, hash }): [string, Buffer] => [baseFile(hash), packBase(text)]),
  ];
}
