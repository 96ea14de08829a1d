import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseTemplate } from './marks.js';
import { readText } from '../../../model/system/read-file.js';
import type { Template } from './marks.js';

/** Files in the folder of the templates that are not templates. */
const NOT_TEMPLATES = /(^|\/)(node_modules|dist|gen|\.msx|tsconfig\.tsbuildinfo)(\/|$)|\.db(-\w+)?$/;

/** The templates in a subfolder of `templates`, with paths relative to `templates`. Throws TEMPLATE_INVALID. */
export function readTemplates(templates: string, folder: string): Template[] {
  return readdirSync(join(templates, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(templates, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !NOT_TEMPLATES.test(file))
    .sort()
    .map((file) => parseTemplate(file, readText(join(templates, file))));
}
