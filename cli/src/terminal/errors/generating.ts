import { FAILED, WRONG_INPUT, available, entry, lines } from './entry.js';

/** Errors of generating code and creating systems. */
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
  SERVICE_UNFIT: entry(
    WRONG_INPUT,
    (f: { name: string; kind: string; known: string[] }) =>
      `${f.name} is a ${f.kind} service, and this can only be generated into a grpc service`,
    ({ known }) =>
      known.length ? available(known) : 'There are none yet: create one with msx generate service.',
  ),
  GENERATED_OTHERWISE: entry(
    WRONG_INPUT,
    (f: { what: string; input: string; before: unknown; now: unknown }) =>
      `${f.what} was generated with ${f.input} ${JSON.stringify(f.before ?? null)}, not ${JSON.stringify(f.now ?? null)}`,
    ({ what }) => `Change its code by hand, or start over: msx destroy ${what}.`,
  ),
  FIELDS_INVALID: entry(
    WRONG_INPUT,
    (f: { fields: string; column: number; reason: string }) =>
      `${f.reason}\n  ${f.fields}\n  ${' '.repeat(f.column - 1)}^`,
    "Fields are written like 'sku:string!,price:money,stock:int=0,tags:string[],kind:enum(a|b)'.",
  ),
  FIELD_IN_USE: entry(
    FAILED,
    (f: { entity: string; field: string; errors: string[] }) =>
      `${f.entity}.${f.field} is used by code that msx did not generate:${lines(f.errors.slice(0, 3))}`,
    'Remove these uses, and run this again. Nothing was written.',
  ),
  FIELD_REQUIRED: entry(
    WRONG_INPUT,
    ({ name }: { name: string }) =>
      `${name} cannot be required: the rows and clients that exist have no value for it`,
    ({ name }) =>
      `Leave out the "!", or give a default: '${name}:string=unknown'. Once all have a value, require it in the rules by hand.`,
  ),
  FIELD_RESERVED: entry(
    WRONG_INPUT,
    (f: { entity: string; name: string; file: string }) =>
      `${f.file} reserves the name ${f.name} in ${f.entity}: a field that was removed had it`,
    'Choose another name: old clients and events still give this one its earlier meaning.',
  ),
  FIELD_TAKEN: entry(
    WRONG_INPUT,
    (f: { entity: string; name: string; type: string; file: string; line: number }) =>
      `${f.entity} already has a field ${f.name}: ${f.file}:${f.line}, ${f.type}`,
    ({ entity, name }) =>
      `The type of a field cannot be changed: add one with another name, move the values, then msx destroy field ${entity} ${name}.`,
  ),
  GENERATED_BROKEN: entry(
    FAILED,
    ({ errors }: { errors: string[] }) => `the generated code would not compile:${lines(errors.slice(0, 3))}`,
    'Choose other names: one of them already has another meaning in these files. Nothing was written.',
  ),
  FILES_IN_THE_WAY: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `these files exist and msx did not create them:${lines(files)}`,
    'Move them away, or choose another name. Nothing was written.',
  ),
  FILES_OWNED: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `these files have been changed since msx wrote them:${lines(files)}`,
    'They are yours now: msx diff shows your changes. Once everything is committed, --force deletes them too, and git has them. Nothing was removed.',
  ),
  NOT_GENERATED: entry(
    WRONG_INPUT,
    ({ what }: { what: string; known: string[] }) => `${what} was not generated here`,
    ({ known }) => (known.length ? available(known) : 'Nothing was, according to .msx/ledger.json.'),
  ),
  NUMBERS_USED_UP: entry(
    FAILED,
    (f: { file: string; name: string }) => `${f.file}: ${f.name} has no free number left`,
    'Put new fields into a message of their own.',
  ),
  PLACE_MISSING: entry(
    FAILED,
    ({ places }: { places: string[] }) => `the place for this was not found:${lines(places)}`,
    'Add it by hand, or restore the place and run this again. Nothing was written.',
  ),
  UNKNOWN_FIELD: entry(
    WRONG_INPUT,
    (f: { entity: string; field: string; file: string; known: string[]; similar?: string | undefined }) =>
      `${f.entity} has no field ${f.field} in ${f.file}`,
    ({ known, similar }) => (similar ? `Did you mean "${similar}"?` : available(known)),
  ),
  UNKNOWN_ENTITY: entry(
    WRONG_INPUT,
    (f: { name: string; known: string[]; similar?: string | undefined }) =>
      `no service has an entity "${f.name}"`,
    ({ known, similar }) =>
      similar
        ? `Did you mean "${similar}"?`
        : known.length
          ? available(known)
          : 'Generate one: msx generate service.',
  ),
  LEDGER_INVALID: entry(
    FAILED,
    (f: { file: string; reason: string }) => `${f.file} cannot be read: ${f.reason}`,
    'Restore it from git. If a newer msx wrote it, install that version.',
  ),
  TEMPLATE_INVALID: entry(
    FAILED,
    (f: { file: string; line: number; reason: string }) => `${f.file}:${f.line} ${f.reason}`,
    'This is a bug in the templates of msx.',
  ),
  SHOP_UNFIT: entry(
    FAILED,
    ({ reason }: { reason: string }) =>
      `cannot create a system from the shop as it is committed here: ${reason}`,
    'Systems are created from the last commit of this clone: use a clone of msx without changes of your own.',
  ),
  FOLDER_READ_ONLY: entry(
    WRONG_INPUT,
    (f: { folder: string; reason: string }) => `cannot write to ${f.folder}: ${f.reason}`,
    'Choose another folder, or ask its owner for write access.',
  ),
  INSTALL_FAILED: entry(
    FAILED,
    ({ output }: { output: string }) => `npm ci failed\n${output}`,
    'Nothing was created. With --skip-install, the system is created without its packages: run npm ci in it later.',
  ),
  GIT_FAILED: entry(
    FAILED,
    ({ reason }: { reason: string }) => `git failed: ${reason}`,
    'Install git, and make sure that it is on the PATH; msx new works without it with --no-git. Nothing was changed.',
  ),
  TREE_DIRTY: entry(
    WRONG_INPUT,
    ({ files }: { files: string[] }) => `there are uncommitted changes:${lines(files.slice(0, 10))}`,
    'Commit or stash them first, so that git can show and undo the changes of msx; --dry-run works without that.',
  ),
  MERGE_CONFLICTS: entry(
    FAILED,
    ({ files }: { files: string[]; report: object }) =>
      `you and the templates changed the same lines:${lines(files)}`,
    'Both versions are kept between conflict markers: resolve them, then commit. Everything else is done.',
  ),
};
