import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { readText } from '../../model/system/read-file.js';

/** A file of a system, and its template. */
export interface TemplateFile {
  readonly path: string;
  readonly template: string;
  readonly text: string;
}

/** The name of the system in the templates. */
const EXEMPLAR = 'village';

/** Files that contain the name of the system. */
const NAMED = new Set(['README.md', 'AGENTS.md', 'package.json', 'msx.yaml']);

/** The files of a template folder, for a system of this name. */
export function templateFiles(templates: string, folder: string, name: string): TemplateFile[] {
  const root = join(templates, folder);
  return entriesOf(root).map((file) => {
    const text = readText(join(root, file));
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
