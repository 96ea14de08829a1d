import { posix } from 'node:path';

/** The files that every published package should have. */
const EXPECTED = ['package.json', 'README.md', 'LICENSE'];

/** Build state and tests. The templates of the CLI have tests on purpose: they are copied into new systems. */
const UNWANTED =
  /(^|\/)\.(?!(prettierrc|github|vscode|gitattributes|prettierignore|editorconfig|nvmrc))[^/]*$|\.tsbuildinfo$|\.(test|fixture)\.[jt]s$/;

/**
 * Everything that would make a package incomplete or unusable.
 * @param manifest its package.json
 * @param files the texts of the packed files, by path
 * @param origin the `repository` URL, and the folder of the package in it
 */
export function packedFaults(manifest, files, origin) {
  return [
    ...manifestFaults(manifest, origin),
    ...EXPECTED.filter((file) => !files.has(file)).map((file) => `${file} is missing`),
    ...[...files.keys()]
      .filter((file) => UNWANTED.test(file) && !file.startsWith('templates/'))
      .map((file) => `${file} should not be packed`),
    ...[...files.keys()].filter((file) => file.endsWith('.js')).flatMap((file) => mapFaults(file, files)),
    ...entryPoints(manifest)
      .filter((file) => !files.has(posix.normalize(file)))
      .map((file) => `${file} is named in package.json, but not packed`),
  ];
}

function manifestFaults({ description, keywords, license, engines, repository }, { url, directory }) {
  return [
    ...Object.entries({ description, license, 'engines.node': engines?.node })
      .filter(([, value]) => !value)
      .map(([key]) => `package.json has no ${key}`),
    ...(keywords?.length ? [] : ['package.json has no keywords']),
    ...(repository?.url === url && repository?.directory === directory
      ? []
      : [`package.json must have the repository ${url}, with the directory ${directory}`]),
  ];
}

/** A referenced source map must be packed, and so must its sources. */
function mapFaults(file, files) {
  const name = /\n\/\/# sourceMappingURL=(?!data:)(\S+)\s*$/.exec(files.get(file))?.[1];
  if (!name) return [];
  const path = posix.join(posix.dirname(file), name);
  if (!files.has(path)) return [`${file} names the source map ${name}, which is not packed`];
  const { sources, sourcesContent = [] } = JSON.parse(files.get(path));
  return sources
    .filter((source, n) => !sourcesContent[n] && !files.has(posix.join(posix.dirname(path), source)))
    .map((source) => `${path} refers to ${source}, which is not packed`);
}

/** The files that `main`, `types`, `bin` and `exports` name. */
function entryPoints({ main, types, bin, exports }) {
  const leaves = (value) =>
    typeof value === 'string' ? [value] : value ? Object.values(value).flatMap((each) => leaves(each)) : [];
  return [main, types, bin, exports].flatMap((value) => leaves(value)).filter((path) => !path.includes('*'));
}
