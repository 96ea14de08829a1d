import type { Exit } from '../../engine/resource.js';

/** The result of `msx build --json`. */
export interface BuildReport {
  /** The services that were built, even if others failed; the rest were up to date. */
  built: string[];
  /** Why it failed, if it did. */
  exit?: Exit;
  /** The services at fault, as far as that is known. */
  culprits: string[];
}

const MAX_LINES = 60;

interface BuildOutput {
  built?: string[];
  error?: {
    code: string;
    message: string;
    details: { services?: string[]; built?: string[]; output?: string };
  };
}

export function buildReport(stdout: string, code: number | null, signal: string | null): BuildReport {
  const { built = [], error } = parse(stdout);
  if (code === 0) return { built, culprits: [] };
  if (!error) return { built: [], culprits: [], exit: { code, signal, lastLines: linesOf(stdout) } };
  const { services = [], built: others = [], output } = error.details;
  const reason = { code: error.code, message: linesOf(error.message)[0]!, facts: error.details };
  return {
    built: others,
    culprits: services,
    exit: { code, signal, reason, lastLines: linesOf(output ?? error.message) },
  };
}

/** The exit of a build for one of the services at fault: the reason names the first error in its own files. */
export function exitOf(exit: Exit, service: string): Exit {
  const { reason, lastLines = [] } = exit;
  const errors = lastLines.filter((line) => / error TS\d+: /.test(line));
  const error = errors.find((line) => line.includes(`${service}/`)) ?? errors[0];
  return reason && error ? { ...exit, reason: { ...reason, message: `${reason.message}: ${error}` } } : exit;
}

const linesOf = (text: string) => text.split('\n').slice(0, MAX_LINES);

function parse(stdout: string): BuildOutput {
  try {
    return JSON.parse(stdout) as BuildOutput;
  } catch {
    return {};
  }
}
