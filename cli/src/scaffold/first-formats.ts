import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSystem } from './new-system.js';
import { databases, defaultFirst } from './system-wish.js';
import type { KnownFormats } from '../generate/changes/known-formats.js';
import type { Kit } from './kit.js';
import type { SystemWish } from './system-wish.js';

/**
 * What formatting makes of the first service that msx new offers: found out when msx is packed, so that a new system
 * need not wait for it. It holds for names of these lengths, as what fits on a line with both fits with all between.
 */
export interface FormatsFile {
  readonly shortest: number;
  readonly longest: number;
  readonly formats: Readonly<Record<string, string>>;
}

const FILE = 'formats.json';
const NAMES = ['a-b', 'a-name-that-is-not-any-longer'];

export function formatsIn(templates: string, name: string): KnownFormats {
  const file = join(templates, FILE);
  if (!existsSync(file)) return new Map();
  const { shortest, longest, formats } = JSON.parse(readFileSync(file, 'utf8')) as FormatsFile;
  const holds = name.length >= shortest && name.length <= longest;
  return new Map(holds ? Object.entries(formats) : []);
}

/** Makes systems with the first service, and answers what was formatted in them, and how. */
export async function recordFormats(kit: Kit): Promise<FormatsFile> {
  const [short, long] = [await formatsOf(NAMES[0]!, kit), await formatsOf(NAMES[1]!, kit)];
  return {
    shortest: NAMES[0]!.length,
    longest: NAMES[1]!.length,
    formats: Object.fromEntries([...short].filter(([key, text]) => long.get(key) === text)),
  };
}

async function formatsOf(name: string, kit: Kit): Promise<KnownFormats> {
  const formats: KnownFormats = new Map();
  const place = mkdtempSync(join(tmpdir(), 'msx-formats-'));
  const options = { git: false, install: false, interrupted: new AbortController().signal };
  try {
    for (const database of databases)
      for (const broker of ['embedded', 'kafka'] as const) {
        const wish: SystemWish = { name, variant: 'empty', database, broker, first: defaultFirst };
        const folder = join(place, `${database}-${broker}`);
        await newSystem(wish, { ...kit, formats }, { ...options, folder });
      }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return formats;
}
