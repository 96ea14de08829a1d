// Extracts Apache Kafka's own message definitions (Apache-2.0) from a kafka-clients jar into the fixture the
// protocol tables are tested against: node scripts/apache-definitions.mjs path/to/kafka-clients-X.Y.Z.jar
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [jar] = process.argv.slice(2);
if (!jar) throw new Error('usage: node scripts/apache-definitions.mjs kafka-clients-X.Y.Z.jar');
const apis = new URL('../src/apis/', import.meta.url);
const keys = new Set(
  readdirSync(apis)
    .map((file) => /^(\d\d)-[a-z-]+\.ts$/.exec(file)?.[1])
    .filter(Boolean)
    .map(Number),
);

const unzip = (...args) => execFileSync('unzip', args, { maxBuffer: 1 << 26, encoding: 'utf8' });
/** The definitions are JSON with `//` comments on lines of their own. */
const parse = (text) => JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
const kept = (name, value) => (['about', 'listeners'].includes(name) ? undefined : value);

const definitions = unzip('-Z1', jar, 'common/message/*.json')
  .trim()
  .split('\n')
  .map((path) => parse(unzip('-p', jar, path)))
  .filter(({ apiKey, type }) => keys.has(apiKey) || type === 'header')
  .sort((a, b) => (a.apiKey ?? -1) - (b.apiKey ?? -1) || a.name.localeCompare(b.name));

const note = {
  source: basename(jar),
  licence: 'Apache-2.0; message definitions of Apache Kafka, (c) The Apache Software Foundation',
};
const lines = [note, ...definitions].map((line) => JSON.stringify(line, kept));
writeFileSync(new URL('apache-definitions.fixture.jsonl', apis), lines.join('\n') + '\n');
