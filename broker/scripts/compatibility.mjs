/**
 * The results of client suites against the broker, and the table of them in the README.
 *   node scripts/compatibility.mjs                 writes the table
 *   node scripts/compatibility.mjs add '{"suite":"examples","client":"kafkajs","version":"2.2.4","passed":3,"total":3}'
 *                                                  also stores a result, in the place of the last one of that client
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stored = join(root, 'compatibility.jsonl');
const readme = join(root, 'README.md');
const BEGIN = '<!-- compatibility: made by scripts/compatibility.mjs from compatibility.jsonl -->';
const END = '<!-- /compatibility -->';

/** @typedef {{ suite: string, client: string, version: string, passed: number, total: number, date: string }} Result */

/** @returns {Result[]} */
export const storedResults = () =>
  readFileSync(stored, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Stores a result of today. @param {Omit<Result, 'date'>} result */
export function storeResult(result) {
  const dated = { ...checked(result), date: new Date().toISOString().slice(0, 10) };
  const results = withResult(storedResults(), dated);
  writeFileSync(stored, results.map((each) => `${JSON.stringify(each)}\n`).join(''));
  writeTable();
}

/** The results with another one, in the place of the last one of the same suite and client. */
export const withResult = (results, result) =>
  [...results.filter(({ suite, client }) => suite !== result.suite || client !== result.client), result].sort(
    (a, b) => (orderOf(a) < orderOf(b) ? -1 : 1),
  );

const orderOf = ({ suite, client }) => `${suite}\n${client}`;

function checked({ suite, client, version, passed, total }) {
  const isText = [suite, client, version].every((text) => typeof text === 'string' && text !== '');
  if (!isText || !(total > 0) || !(passed >= 0 && passed <= total))
    throw new Error(`not a result: ${JSON.stringify({ suite, client, version, passed, total })}`);
  return { suite, client, version, passed, total };
}

/** The table of results in Markdown, as prettier formats it. @param {Result[]} results */
export function tableOf(results) {
  const head = ['suite', 'client', 'version', 'passed', 'date'];
  const rows = results.map(({ suite, client, version, passed, total, date }) => [
    suite,
    client,
    version,
    `${passed} of ${total}`,
    date,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The README with the table between its two comments. */
export function withTable(text, results) {
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n\n${tableOf(results)}\n\n${END}${after}`;
}

function writeTable() {
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), storedResults()));
}

if (process.argv[1] === import.meta.filename) {
  const [command, json] = process.argv.slice(2);
  if (command === 'add') storeResult(JSON.parse(json));
  else writeTable();
}
