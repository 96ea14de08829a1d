import { parseArgs } from 'node:util';
import { explain } from './explain.js';
import { jsonLines } from './log-line.js';
import { startBroker, type BrokerOptions } from './start-broker.js';
import { optionsFrom, optionTable } from './options.js';

const log = jsonLines(process.env['LOG_LEVEL']);

/** Runs one broker until it is stopped; it logs JSON lines to stdout. */
const main = async (): Promise<void> => {
  process.umask(0o077);
  const { values } = parseArgs({ options: optionTable });
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

main().catch((error: Error) => {
  log('fatal', ...explain(error));
  process.exitCode = 1;
});
