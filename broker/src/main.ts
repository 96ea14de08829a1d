import { readFileSync } from 'node:fs';
import { explain } from './explain.js';
import { help } from './help.js';
import { jsonLines } from './log-line.js';
import { startBroker, type BrokerOptions } from './start-broker.js';
import { optionsFrom, parseOptions } from './options.js';

const log = jsonLines(process.env['LOG_LEVEL']);

/** Runs one broker until it is stopped; it logs JSON lines to stdout. */
const main = async (): Promise<void> => {
  process.umask(0o077);
  const values = parseOptions(process.argv.slice(2));
  if (values.help || values.version) return void process.stdout.write(values.help ? help() : version());
  const options: BrokerOptions = { ...optionsFrom(values, process.env), log };
  const broker = await startBroker(options);
  const stop = async (signal: string): Promise<void> => {
    log('info', 'stopping', { signal });
    await broker.close();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  log('info', 'listening', { port: broker.port });
};

/** The package.json of the package that this file is built into. */
const version = (): string => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return `${(JSON.parse(manifest) as { version: string }).version}\n`;
};

main().catch((error: Error) => {
  log('fatal', ...explain(error));
  process.exitCode = 1;
});
