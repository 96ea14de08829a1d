import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MsxError } from '../errors/msx-error.js';

/** A file of a system, and which of the templates it comes from. */
export interface TemplateFile {
  readonly path: string;
  readonly template: string;
  readonly text: string;
}

/** What the templates call the system. */
const EXEMPLAR = 'village';

/** Files that speak of the system by name. */
const NAMED = new Set(['README.md', 'AGENTS.md', 'package.json', 'msx.yaml']);

/** The files of a folder of the templates, in a system of this name. */
export function templateFiles(templates: string, folder: string, name: string): TemplateFile[] {
  const root = join(templates, folder);
  return entriesOf(root).map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const path = file.replace(/(^|\/)dot-/, '$1.');
    return {
      path,
      template: `${folder}/${file}`,
      text: NAMED.has(path) ? text.replaceAll(EXEMPLAR, name) : text,
    };
  });
}

function entriesOf(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .sort();
  } catch (error) {
    throw new MsxError(
      'TEMPLATE_INVALID',
      { file: root, line: 1, reason: (error as Error).message },
      { cause: error },
    );
  }
}
