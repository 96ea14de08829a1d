import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownDifferences } from './known-differences.js';
import { normalize } from './normalize.js';
import { files, toolRuns, type ToolRun } from './tool-runs.js';
import { tools } from './tools.js';

// Runs Apache Kafka's tools against the embedded broker and against Apache Kafka at the same time, and compares what
// they do: node main.mjs CLASSPATH WORK EMBEDDED-ADDRESS KAFKA-ADDRESS

interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly millis: number;
}

const [classpath, work, embedded, kafka] = process.argv.slice(2) as [string, string, string, string];
const TIMEOUT_MS = 600_000;

/** A line of input for ToolRunner. */
const requestOf = ({ line, input = '' }: ToolRun, server: string): string => {
  const [name, ...words] = line.split(' ');
  const tool = tools[name!]!;
  const at = ['--bootstrap-server', server];
  const rest = words.map((word) => word.replace('{work}', work));
  const order = { first: [...at, ...rest], last: [...rest, ...at], written: rest };
  return JSON.stringify({ tool: tool.main, arguments: order[tool.server], input });
};

const outcomesAt = async (server: string): Promise<Outcome[]> => {
  const options = { timeout: TIMEOUT_MS, maxBuffer: 1 << 28 };
  const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=off';
  const java = execFile(
    'java',
    [quiet, '-XX:+UseSerialGC', '-Xmx256m', '-cp', classpath, 'ToolRunner', server],
    options,
  );
  let output = '';
  java.stdout!.on('data', (chunk: string) => (output += chunk));
  java.stderr!.pipe(process.stderr);
  java.stdin!.end(toolRuns.map((run) => requestOf(run, server)).join('\n'));
  await once(java, 'close');
  const lines = output.trim().split('\n');
  if (lines.length !== toolRuns.length)
    throw new Error(`${server}: ${lines.length} of ${toolRuns.length} runs ended`);
  return lines.map((text) => JSON.parse(text) as Outcome);
};

const differenceBetween = (line: string, ours: Outcome, theirs: Outcome): string[] => {
  const [a, b] = [normalize(line, ours.output), normalize(line, theirs.output)];
  return [
    ...(ours.code === theirs.code ? [] : [`exit code ${ours.code}, Kafka ${theirs.code}`]),
    ...a.filter((text) => !b.includes(text)).map((text) => `+ ${text}`),
    ...b.filter((text) => !a.includes(text)).map((text) => `- ${text}`),
  ];
};

const SHOWN_LINES = 12;
const SHOWN_WIDTH = 300;

const report = (ours: Outcome[], theirs: Outcome[]): number => {
  let failures = 0;
  const rows = toolRuns.map(({ line }, i) => ({ line, ours: ours[i]!, theirs: theirs[i]! }));
  console.log('embedded | Kafka | tool run');
  for (const { line, ours: a, theirs: b } of rows) {
    const difference = differenceBetween(line, a, b);
    const reason = knownDifferences[line];
    const verdict = difference.length === 0 ? 'same' : reason ? 'known' : 'DIFFERS';
    console.log(`${String(a.code).padEnd(8)} | ${String(b.code).padEnd(5)} | ${verdict.padEnd(7)} | ${line}`);
    if (verdict === 'known') console.log(`         |       | ${reason}`);
    if (verdict === 'same' && reason)
      console.log('         |       | no longer differs: take it off the list');
    if (verdict !== 'DIFFERS') continue;
    failures++;
    for (const text of difference.slice(0, SHOWN_LINES)) console.log(`    ${text.slice(0, SHOWN_WIDTH)}`);
  }
  const same = rows.length - failures;
  console.log(`${same} of ${rows.length} runs have the outcome of Apache Kafka, or a known difference`);
  if (process.env['RECORD_COMPATIBILITY']) record(same, rows.length);
  return failures;
};

/** Stores the result for the table in the README of the broker. */
const record = (passed: number, total: number): void => {
  const result = {
    suite: 'as Apache Kafka 4.3.1',
    client: 'command-line tools',
    version: '4.3.1',
    passed,
    total,
  };
  execFileSync(process.execPath, ['broker/scripts/compatibility.mjs', 'add', JSON.stringify(result)]);
};

mkdirSync(work, { recursive: true });
for (const [name, text] of Object.entries({ ...files, 'empty.properties': '' }))
  writeFileSync(join(work, name), text);
const [ours, theirs] = await Promise.all([outcomesAt(embedded), outcomesAt(kafka)]);
writeFileSync(join(work, 'outcomes.json'), JSON.stringify({ ours, theirs }));
process.exitCode = report(ours, theirs) > 0 ? 1 : 0;
