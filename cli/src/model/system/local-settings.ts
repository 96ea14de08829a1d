import { join } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { readText } from './read-file.js';
import { check } from './shape.js';
import { YamlSource } from './yaml-source.js';
import type { Problem } from './yaml-source.js';
import type { Shape } from './shape.js';

const LOCAL_FILE = 'msx.local.yaml';

/** Settings of one copy of a system, from a file beside msx.yaml that is not committed. */
export interface LocalSettings {
  /** Whether this copy starts isolated from others. */
  isolated?: boolean;
}

const shape: Shape = { type: 'object', required: [], properties: { isolated: { type: 'boolean' } } };

/** Throws CONFIG_INVALID with all problems. */
export function localSettings(root: string): LocalSettings {
  let text: string;
  try {
    text = readText(join(root, LOCAL_FILE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  const source = new YamlSource(LOCAL_FILE, text);
  refuse(source.syntaxProblems());
  const value = source.value() ?? {};
  refuse(check(value, shape).map((mistake) => source.problem(mistake)));
  return value as LocalSettings;
}

function refuse(problems: Problem[]): void {
  if (problems.length > 0) throw new MsxError('CONFIG_INVALID', { problems });
}
