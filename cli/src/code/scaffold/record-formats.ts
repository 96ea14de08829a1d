import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSystem } from './new-system.js';
import { databases, defaultFirst } from './system-request.js';
import type { FormatCache } from '../generate/changes/format-cache.js';
import type { FormatsFile } from './first-formats.js';
import type { Kit } from './kit.js';
import type { SystemRequest } from './system-request.js';

const NAMES = ['a-b', 'a-name-that-is-not-any-longer'];

/** Creates systems with the default first service, and returns their formatted code. */
export async function recordFormats(kit: Kit): Promise<FormatsFile> {
  const [short, long] = [await formatsOf(NAMES[0]!, kit), await formatsOf(NAMES[1]!, kit)];
  return {
    shortest: NAMES[0]!.length,
    longest: NAMES[1]!.length,
    formats: Object.fromEntries([...short].filter(([key, text]) => long.get(key) === text)),
  };
}

async function formatsOf(name: string, kit: Kit): Promise<FormatCache> {
  const formats: FormatCache = new Map();
  const place = mkdtempSync(join(tmpdir(), 'msx-formats-'));
  const options = { git: false, install: false, interrupted: new AbortController().signal };
  try {
    for (const database of databases)
      for (const broker of ['embedded', 'kafka'] as const) {
        const request: SystemRequest = { name, variant: 'empty', database, broker, first: defaultFirst };
        const folder = join(place, `${database}-${broker}`);
        await newSystem(request, { ...kit, formats }, { ...options, folder });
      }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  return formats;
}
