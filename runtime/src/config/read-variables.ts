import type { z } from 'zod';
import type { ConfigProblem } from './config.js';
import type { Sources } from './sources.js';
import type { Variables } from './variable.js';

export interface ReadResult {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly ConfigProblem[];
}

/** An invalid value is treated as not set. */
export function readShape(
  shape: Readonly<Record<string, z.ZodType>>,
  sources: Sources['byVariable'],
): ReadResult {
  const values: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const [variable, schema] of Object.entries(shape)) {
    const source = sources.get(variable);
    const parsed = schema.safeParse(source?.text);
    values[variable] = parsed.success ? parsed.data : schema.safeParse(undefined).data;
    const place = source?.place ?? variable;
    const kind = source ? 'wrong' : 'missing';
    for (const { message } of parsed.error?.issues ?? [])
      problems.push({ kind, variable, text: `${place} ${message}` });
  }
  return { values, problems };
}

/** Reads the service's own variables; those that are not set are left out. */
export function readOwn(variables: Variables, sources: Sources['byVariable']): ReadResult {
  const values: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const [variable, { read, expects }] of Object.entries(variables)) {
    const source = sources.get(variable);
    if (!source) continue;
    values[variable] = read(source.text.trim());
    if (values[variable] === undefined)
      problems.push({ kind: 'wrong', variable, text: `${source.place} must be ${expects}` });
  }
  return { values, problems };
}
