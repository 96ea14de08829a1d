import type { z } from 'zod';
import type { ConfigProblem } from './config.js';
import type { Sources } from './sources.js';
import type { Variables } from './variable.js';

export interface Read {
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly ConfigProblem[];
}

/** What is wrong is read as if nobody had set it. */
export function readShape(shape: Readonly<Record<string, z.ZodType>>, sources: Sources['byVariable']): Read {
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

/** The service's own; what nobody has set is left out. */
export function readOwn(variables: Variables, sources: Sources['byVariable']): Read {
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
