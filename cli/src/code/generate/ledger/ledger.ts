import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { withoutSections } from '../../../model/readme/sections.js';
import type { Edit } from '../edits/edit.js';

/** The record of what msx generated in a system; it is committed, so that every clone has it. */
export interface Ledger {
  readonly version: 1;
  /** The generated slices, by kind and name: `service inventory`. */
  readonly slices: Readonly<Record<string, LedgerSlice>>;
  /** By path, relative to the root. */
  readonly files: Readonly<Record<string, LedgerFile>>;
}

export interface LedgerSlice {
  readonly template: string;
  /** The version of the template. */
  readonly version: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The slice that this one extends, and is removed with. */
  readonly part?: string;
  /** The edits to files shared with others. */
  readonly edits: readonly Edit[];
}

export interface LedgerFile {
  readonly slice: string;
  /** The path of the template. */
  readonly template: string;
  /** The SHA-256 of the text as msx wrote it, also the name of that text in .msx/base. */
  readonly hash: string;
}

export const LEDGER_FILE = '.msx/ledger.json';
export const emptyLedger: Ledger = { version: 1, slices: {}, files: {} };

/** Ignores the sections of a README that msx updates. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(withoutSections(text)).digest('hex');
export const baseFile = (hash: string): string => `.msx/base/${hash}.gz`;
export const packBase = (text: string): Buffer => gzipSync(text, { level: 9 });
export const unpackBase = (packed: Buffer): string => gunzipSync(packed).toString('utf8');

/** Sorted, to minimize merge conflicts. */
export function ledgerText({ slices, files }: Ledger): string {
  const sorted = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify({ version: 1, slices: sorted(slices), files: sorted(files) }, null, 2) + '\n';
}

/** Throws LEDGER_INVALID. */
export function parseLedger(text: string | undefined): Ledger {
  if (text === undefined) return emptyLedger;
  const wrong = (reason: string) => new MsxError('LEDGER_INVALID', { file: LEDGER_FILE, reason });
  let ledger: Partial<Ledger>;
  try {
    ledger = JSON.parse(text) as Partial<Ledger>;
  } catch (error) {
    throw wrong((error as Error).message);
  }
  if (Number(ledger?.version) > 1)
    throw wrong(`version ${ledger.version} was written by a newer msx; install that version`);
  if (!isLedger(ledger)) throw wrong('it is not a ledger of msx');
  return ledger;
}

function isLedger(value: Partial<Ledger> | null): value is Ledger {
  const { version, slices, files } = value ?? {};
  if (version !== 1 || !slices || !files) return false;
  const isSlice = (each: Partial<LedgerSlice> | null) => typeof each?.template === 'string';
  const isFile = (each: Partial<LedgerFile> | null) => typeof each?.hash === 'string';
  return Object.values(slices).every(isSlice) && Object.values(files).every(isFile);
}
