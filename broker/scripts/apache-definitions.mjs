// Extracts Apache Kafka's own message definitions (Apache-2.0) from a kafka-clients jar into the fixture the
// protocol tables are tested against: node scripts/apache-definitions.mjs path/to/kafka-clients-X.Y.Z.jar
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [jar] = process.argv.slice(2);
if (!jar) throw new Error('usage: node scripts/apache-definitions.mjs kafka-clients-X.Y.Z.jar');
const apis = new URL('../src/apis/', import.meta.url);
/** Share and streams groups, which are neither served nor announced. */
const LEFT_OUT = new Set([76, 77, 78, 79, 88, 89, 90, 91, 92]);

const unzip = (...args) => execFileSync('unzip', args, { maxBuffer: 1 << 26, encoding: 'utf8' });
/** The definitions are JSON with `//` comments on lines of their own. */
const parse = (text) => JSON.parse(text.replace(/^\s*\/\/.*$/gm, ''));
const kept = (name, value) => (['about', 'listeners'].includes(name) ? undefined : value);

const messages = unzip('-Z1', jar, 'common/message/*.json')
  .trim()
  .split('\n')
  .map((path) => parse(unzip('-p', jar, path)));
/** What a broker's clients may send. */
const keys = new Set(
  messages
    .filter(({ type, listeners }) => type === 'request' && listeners?.includes('broker'))
    .map(({ apiKey }) => apiKey)
    .filter((key) => !LEFT_OUT.has(key)),
);
const definitions = messages
  .filter(({ apiKey, type }) => keys.has(apiKey) || type === 'header')
  .sort((a, b) => (a.apiKey ?? -1) - (b.apiKey ?? -1) || a.name.localeCompare(b.name));

const note = {
  source: basename(jar),
  licence: 'Apache-2.0; message definitions of Apache Kafka, (c) The Apache Software Foundation',
};
const lines = [note, ...definitions].map((line) => JSON.stringify(line, kept));
writeFileSync(new URL('apache-definitions.fixture.jsonl', apis), lines.join('\n') + '\n');
