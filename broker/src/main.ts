import { parseArgs } from 'node:util';
import { explain } from './explain.js';
import { help } from './help.js';
import { jsonLines } from './log-line.js';
import { startBroker, type BrokerOptions } from './start-broker.js';
import { optionsFrom, optionTable } from './options.js';
import { readVersion } from './version.js';

const log = jsonLines(process.env['LOG_LEVEL']);

/** Runs one broker until it is stopped; it logs JSON lines to stdout. */
const main = async (): Promise<void> => {
  process.umask(0o077);
  const { values } = parseArgs({ options: optionTable });
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`${readVersion()}\n`);
  const options: BrokerOptions = { ...optionsFrom(values, process.env), log };
  const broker = await startBroker(options);
  const stop = async (signal: string): Promise<void> => {
    log('info', 'stopping', { signal });
    await broker.close();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  const [, ...others] = broker.listeners;
  log('info', 'listening', { port: broker.port, ...(others.length > 0 && { listeners: others }) });
};

main().catch((error: Error) => {
  const [message, details] = explain(error);
  const advice = details.code === 'CONFIG_INVALID' ? '→ See the options: --help\n' : '';
  if (process.stdout.isTTY) process.stderr.write(`error: ${message}\n${advice}`);
  else log('fatal', message, { ...details });
  process.exitCode = 1;
});
