import { FAILED, WRONG_INPUT, entry, lines } from './entry.js';

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
  BUILD_FAILED: entry(
    FAILED,
    ({ services, output }: { services: string[]; output: string }) =>
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
