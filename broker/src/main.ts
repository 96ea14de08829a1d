import { parseArgs } from 'node:util';
import { explain } from './explain.js';
import { jsonLines } from './log-line.js';
import { startBroker, type BrokerOptions } from './start-broker.js';
import { optionsFrom, optionTable } from './options.js';

const log = jsonLines(process.env['LOG_LEVEL']);

/** Runs one broker until it is told to stop; everything it has to say goes to stdout as JSON lines. */
const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: optionTable });
  const options: BrokerOptions = { ...optionsFrom(values, process.env), log };
  const broker = await startBroker(options);
  const stop = async (signal: string): Promise<void> => {
    log('info', 'stopping', { signal });
    await broker.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  log('info', 'listening', { port: broker.port });
};

main().catch((error: Error) => {
  log('fatal', ...explain(error));
  process.exitCode = 1;
});
