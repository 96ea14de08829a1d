const IMPORT_META = /\bimport\.meta\.(url|dirname|filename)\b/g;
const COMMONJS = /\b__(?:dirname|filename)\b/;
const DIRECTIVE = /^(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n]*\n)*(['"])use strict\1;?/;

/** Whether a module may use the location of its file. */
export const usesLocation = (text: string): boolean => text.includes('import.meta.') || COMMONJS.test(text);

/**
 * In a bundle, a module keeps the location of its own file, beside which it may look for others. `place` is an expression
 * for that: `{ url, dirname, filename }`.
 */
export function withFileLocation(text: string, place: string): string {
  if (text.includes('import.meta.')) return text.replace(IMPORT_META, `${place}.$1`);
  return COMMONJS.test(text) ? withVariables(text, place) : text;
}

/** After a directive, which counts only in front; on the same line, so that lines keep their numbers. */
function withVariables(text: string, place: string): string {
  const [directive = ''] = DIRECTIVE.exec(text) ?? [];
  const variables = `;var __filename = ${place}.filename, __dirname = ${place}.dirname;`;
  return `${directive}${variables}${text.slice(directive.length)}`;
}
