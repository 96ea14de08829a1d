import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MsxError } from '../../errors/msx-error.js';
import type { Edit } from '../edits/edit.js';

/** What msx wrote into a system: committed with it, so that every clone knows. */
export interface Ledger {
  readonly version: 1;
  /** What was generated, by kind and name: `service inventory`. */
  readonly slices: Readonly<Record<string, LedgerSlice>>;
  /** By path, relative to the root. */
  readonly files: Readonly<Record<string, LedgerFile>>;
}

export interface LedgerSlice {
  readonly template: string;
  /** Of the template. */
  readonly version: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The slice that this one was generated into, and is gone with. */
  readonly part?: string;
  /** What was put into files that belong to others, too. */
  readonly edits: readonly Edit[];
}

export interface LedgerFile {
  readonly slice: string;
  /** The file of the template. */
  readonly template: string;
  /** sha256 of the text as msx wrote it, which names the text in .msx/base, too. */
  readonly hash: string;
}

export const LEDGER_FILE = '.msx/ledger.json';
export const emptyLedger: Ledger = { version: 1, slices: {}, files: {} };

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
export const baseFile = (hash: string): string => `.msx/base/${hash}.gz`;
export const packBase = (text: string): Buffer => gzipSync(text, { level: 9 });
export const unpackBase = (packed: Buffer): string => gunzipSync(packed).toString('utf8');

/** In an order of its own, so that two people's changes meet in as few lines as can be. */
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
  if (Number(ledger?.version) > 1) throw wrong(`it is of version ${ledger.version}, from a newer msx`);
  if (!isLedger(ledger)) throw wrong('it is no ledger of msx');
  return ledger;
}

function isLedger(value: Partial<Ledger> | null): value is Ledger {
  const { version, slices, files } = value ?? {};
  if (version !== 1 || !slices || !files) return false;
  const isSlice = (each: Partial<LedgerSlice> | null) => typeof each?.template === 'string';
  const isFile = (each: Partial<LedgerFile> | null) => typeof each?.hash === 'string';
  return Object.values(slices).every(isSlice) && Object.values(files).every(isFile);
}
