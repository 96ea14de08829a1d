const STARTED = /(['"`])((?:\.{1,2}\/)+)dist\/([\w./-]+)\.js\1/g;

/**
 * The `dependencyExtractor` of Jest: a test that starts `../dist/main.js` as a process depends on `src/main.ts` and
 * everything it imports, so that a watch runs it again after an edit there.
 */
export function extract(code, _file, extractImports) {
  const started = [...code.matchAll(STARTED)].map(([, , folder, name]) => `${folder}src/${name}.js`);
  return new Set([...extractImports(code), ...started]);
}

/** Told apart from a run without this extractor, whose findings Jest keeps. */
export const getCacheKey = () => 'started processes';
