import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseTemplate } from './marks.js';
import type { Template } from './marks.js';

/** What is made where the templates stand, and is no template. */
const MADE = /(^|\/)(node_modules|dist|gen|\.msx|tsconfig\.tsbuildinfo)(\/|$)|\.db(-\w+)?$/;

/** The templates in a folder of the templates' folder, by their paths within that. Throws TEMPLATE_INVALID. */
export function readTemplates(templates: string, folder: string): Template[] {
  return readdirSync(join(templates, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(templates, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !MADE.test(file))
    .sort()
    .map((file) => parseTemplate(file, readFileSync(join(templates, file), 'utf8')));
}
