import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../../model/system/read-file.js';
import type { FormatCache } from '../generate/changes/format-cache.js';

/**
 * The formatted code of the default first service of msx new, recorded when msx is packed, so that creating a system
 * does not have to format it. It is valid for names between these lengths, as code that fits on a line with both also
 * fits with any length in between.
 */
export interface FormatsFile {
  readonly shortest: number;
  readonly longest: number;
  readonly formats: Readonly<Record<string, string>>;
}

const FILE = 'formats.json';

export function formatsIn(templates: string, name: string): FormatCache {
  const file = join(templates, FILE);
  if (!existsSync(file)) return new Map();
  const { shortest, longest, formats } = JSON.parse(readText(file)) as FormatsFile;
  const holds = name.length >= shortest && name.length <= longest;
  return new Map(holds ? Object.entries(formats) : []);
}
