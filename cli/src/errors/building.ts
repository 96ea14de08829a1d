import { FAILED, WRONG_INPUT, didYouMean, entry, lines } from './entry.js';

/** What can go wrong with contracts, builds and packing. */
export const building = {
  PROTO_INVALID: entry(
    WRONG_INPUT,
    ({ problems }: { problems: { text: string }[] }) => problems.map(({ text }) => text).join('\n'),
    'Correct the places named; nothing was generated.',
  ),
  PROTO_LINT: entry(FAILED, ({ problems }: { problems: { text: string }[] }) =>
    problems.map(({ text }) => text).join('\n'),
  ),
  PROTO_UNFORMATTED: entry(
    FAILED,
    ({ files }: { files: string[] }) => `not laid out as contracts are:${lines(files)}`,
    'Run msx proto format.',
  ),
  PROTO_BREAKING: entry(
    FAILED,
    (f: { against: string; changes: { text: string; affects: Stake[] }[]; affected: string[] }) =>
      f.changes.map(({ text, affects }) => text + lines(affects.map(stakeText))).join('\n'),
    ({ against, affected }) =>
      `Those who know the contracts of ${against} would break${affected.length ? `: ${affected.join(', ')}` : ''}. Add instead of changing; reserve the numbers and names of what goes.`,
  ),
  NO_REPOSITORY: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `${folder} is in no git repository`,
    'Make one with git init, and commit: msx compares with what was committed.',
  ),
  REF_UNKNOWN: entry(
    WRONG_INPUT,
    ({ ref }: { ref: string; similar?: string }) => `git knows no branch, tag or commit "${ref}"`,
    ({ similar }) =>
      didYouMean({ similar }) || 'Name one with --against; a shallow clone wants git fetch first.',
  ),
  BUILD_FAILED: entry(
    FAILED,
    ({ services, output }: { services: string[]; output: string; built?: string[] }) =>
      `${services.join(', ')} could not be built${output ? `\n${output}` : ''}`,
  ),
  FOLDER_NOT_EMPTY: entry(
    WRONG_INPUT,
    ({ folder }: { folder: string }) => `${folder} is there already`,
    'Name a folder that does not exist yet, or remove this one.',
  ),
  PACK_FILE_MISSING: entry(
    WRONG_INPUT,
    ({ file, name }: { file: string; name: string }) =>
      `${file}: msx.pack names ${name}, which no package has`,
    'Correct msx.pack, or run npm ci.',
  ),
  PROJECTIONS_STALE: entry(
    FAILED,
    ({ paths }: { paths: string[] }) => `not as msx.yaml has it:${lines(paths)}`,
    'Run msx render, and commit what it changes.',
  ),
};

/** A service, and why a change concerns it. */
export interface Stake {
  service: string;
  because: string[];
}

const stakeText = ({ service, because }: Stake) => `${service} ${because.join(', ')}`;
