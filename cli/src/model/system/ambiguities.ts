import { isScalar, visit } from 'yaml';
import type { Document, Node } from 'yaml';

interface Ambiguity {
  offset: number;
  message: string;
}

const DECIMAL = /^(0|-?[1-9]\d*)$/;

/**
 * Constructs that versions and parsers of YAML interpret differently: octal, hexadecimal and other notations of
 * integers, merge keys of YAML 1.1, and a directive for another version.
 */
export function ambiguitiesIn(document: Document<Node, true>): Ambiguity[] {
  const found: Ambiguity[] = [];
  const version = document.directives?.yaml.version ?? '1.2';
  if (version !== '1.2')
    found.push({
      offset: 0,
      message: `YAML ${version} is not supported: remove the directive to use YAML 1.2`,
    });
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === MERGE)
        found.push({
          offset: key.range?.[0] ?? 0,
          message: 'merge keys (<<) are not supported: write the keys out',
        });
    },
    Scalar: (_, { value, source = '', range }) => {
      if (typeof value === 'number' && Number.isInteger(value) && !DECIMAL.test(source))
        found.push({ offset: range?.[0] ?? 0, message: `write ${source} in decimal digits: ${value}` });
    },
  });
  return found;
}

const MERGE = '<<';
