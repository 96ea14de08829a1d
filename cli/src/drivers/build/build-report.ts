import type { Exit } from '../../engine/resource.js';

/** What `msx build --json` says of a build. */
export interface BuildReport {
  /** What was built, beside what failed too; the rest had nothing to do. */
  built: string[];
  /** Why it failed, if it did. */
  exit?: Exit;
  /** Whose fault that was, as far as it can be told. */
  culprits: string[];
}

const MOST_LINES = 60;

interface Printed {
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

const linesOf = (text: string) => text.split('\n').slice(0, MOST_LINES);

function parse(stdout: string): Printed {
  try {
    return JSON.parse(stdout) as Printed;
  } catch {
    return {};
  }
}
