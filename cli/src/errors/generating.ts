import { FAILED, WRONG_INPUT, entry, lines } from './entry.js';

/** What can go wrong when code is generated. */
export const generating = {
  NAME_INVALID: entry(
    WRONG_INPUT,
    (f: { what: string; name: string; reason: string }) =>
      `${JSON.stringify(f.name)} cannot be the name of the ${f.what}: ${f.reason}`,
    'Choose another name.',
  ),
  NAME_TAKEN: entry(
    WRONG_INPUT,
    (f: { what: string; name: string; by: string }) => `${f.what} ${f.name} is taken by ${f.by}`,
    'Choose another one.',
  ),
  GENERATED_OTHERWISE: entry(
    WRONG_INPUT,
    (f: { what: string; input: string; before: unknown; now: unknown }) =>
      `${f.what} was generated with ${f.input} ${JSON.stringify(f.before ?? null)}, not ${JSON.stringify(f.now ?? null)}`,
    ({ what }) => `Change its code by hand, or begin anew: msx destroy ${what}.`,
  ),
  FIELDS_INVALID: entry(
    WRONG_INPUT,
    (f: { fields: string; column: number; reason: string }) =>
      `${f.reason}\n  ${f.fields}\n  ${' '.repeat(f.column - 1)}^`,
    "Fields are written like 'sku:string!,price:money,stock:int=0,tags:string[],kind:enum(a|b)'.",
  ),
  FILES_IN_THE_WAY: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `these files are there, and not from msx:${lines(files)}`,
    'Move them away, or choose another name. Nothing was written.',
  ),
  FILES_OWNED: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `these files have been changed since msx wrote them:${lines(files)}`,
    'They are yours now: see what you changed with msx diff, and delete them by hand. Nothing was removed.',
  ),
  NOT_GENERATED: entry(
    WRONG_INPUT,
    ({ what }: { what: string; known: string[] }) => `${what} was not generated here`,
    ({ known }) =>
      known.length ? `There are ${known.join(', ')}.` : 'Nothing was, as far as .msx/ledger.json tells.',
  ),
  LEDGER_INVALID: entry(
    FAILED,
    (f: { file: string; reason: string }) => `${f.file} cannot be read: ${f.reason}`,
    'Bring it back from git; a ledger of a newer msx wants that msx.',
  ),
  TEMPLATE_INVALID: entry(
    FAILED,
    (f: { file: string; line: number; reason: string }) => `${f.file}:${f.line} ${f.reason}`,
    'This is a defect of the templates that came with msx.',
  ),
  FOLDER_READ_ONLY: entry(
    WRONG_INPUT,
    (f: { folder: string; reason: string }) => `nothing can be written in ${f.folder}: ${f.reason}`,
    'Choose another folder, or have its owner let you write there.',
  ),
  INSTALL_FAILED: entry(
    FAILED,
    ({ output }: { output: string }) => `npm ci failed\n${output}`,
    'Nothing was made. With --skip-install the system is made without its packages, for npm ci later.',
  ),
  GIT_FAILED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `git does not do its part: ${reason}`,
    'Install git, or pass --no-git. Nothing was made.',
  ),
  TREE_DIRTY: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) =>
      `git has changes here that are not committed:${lines(files.slice(0, 10))}`,
    'Commit or stash them first, so that git shows, and undoes, what the upgrade changes; --dry-run does without.',
  ),
  MERGE_CONFLICTS: entry(
    FAILED,
    ({ files }: { files: string[]; report: object }) =>
      `you and the templates changed the same lines:${lines(files)}`,
    'Both are there, between conflict markers: keep what is right, then commit. All else is done.',
  ),
};
