import { FAILED, WRONG_INPUT, didYouMean, entry, lines } from './entry.js';

/** Errors of contracts, builds and packing. */
export const building = {
  PROTO_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Fix the problems listed above; nothing was generated.',
  ),
  PROTO_LINT: entry(FAILED, ({ problems }: { problems: { text: string }[] }) =>
    problems.map(({ text }) => text).join('\n'),
  ),
  PROTO_UNFORMATTED: entry(
    FAILED,
    ({ files }: { files: string[] }) => `these contracts are not formatted:${lines(files)}`,
    'Run msx proto format.',
  ),
  PROTO_BREAKING: entry(
    FAILED,
    (f: { against: string; changes: { text: string; affects: AffectedService[] }[]; affected: string[] }) =>
      f.changes.map(({ text, affects }) => text + lines(affects.map(affectedText))).join('\n'),
    ({ against, affected }) =>
      `Clients and consumers built against ${against} would break${affected.length ? `: ${affected.join(', ')}` : ''}. Add instead of changing; reserve the numbers and names that you remove.`,
  ),
  NO_REPOSITORY: entry(
    WRONG_INPUT,
    ({ folder, reason }: { folder: string; reason?: string }) =>
      `${folder} is not in a git repository${reason ? `: ${reason}` : ''}`,
    'Create one with git init, and commit: msx compares with a commit.',
  ),
  REF_UNKNOWN: entry(
    WRONG_INPUT,
    ({ ref }: { ref: string; similar?: string; shallow?: boolean }) =>
      `git has no branch, tag or commit "${ref}"`,
    ({ similar, shallow }) =>
      didYouMean({ similar }) ||
      (shallow
        ? 'This clone is shallow: fetch the commit to compare with (git fetch --unshallow), then pass it with --against.'
        : 'Pass one with --against.'),
  ),
  TSCONFIG_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Fix the problems listed above; nothing was compiled.',
  ),
  SOURCES_REFUSED: entry(
    WRONG_INPUT,
    ({ sources }: { sources: string[] }) => `these files cannot be compiled:${lines(sources)}`,
    'Remove or move them; nothing was compiled.',
  ),
  BUILD_FAILED: entry(
    FAILED,
    ({ services, output }: { services: string[]; output: string; built?: string[] }) =>
      `${services.join(', ')} could not be built${output ? `\n${output}` : ''}`,
  ),
  FOLDER_NOT_EMPTY: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `${folder} already exists`,
    'Choose a folder that does not exist yet, or remove this one.',
  ),
  PACK_FILE_MISSING: entry(
    WRONG_INPUT,
    ({ file, name }: { file: string; name: string }) =>
      `${file}: msx.pack lists ${name}, which does not exist in any package`,
    'Fix msx.pack, or run npm ci.',
  ),
  PROJECTIONS_STALE: entry(
    FAILED,
    ({ paths }: { paths: string[] }) => `out of date with msx.yaml:${lines(paths)}`,
    'Run msx render, and commit the changes.',
  ),
};

/** A service that a change affects, and why. */
export interface AffectedService {
  service: string;
  because: string[];
}

const affectedText = ({ service, because }: AffectedService) => `${service} ${because.join(', ')}`;
