#!/usr/bin/env node
import './delay-optimizing.js';
import { explain } from './explain.js';
import { help } from './help.js';
import { jsonLines, LogThreshold, textLines } from './log-line.js';
import type { BrokerOptions } from './broker-options.js';
import { optionsFrom, parseOptions } from './options.js';
import { startBroker, type RunningBroker } from './start-broker.js';
import { readVersion } from './version.js';

const isTerminal = process.stdout.isTTY;
const logThreshold = new LogThreshold(process.env['LOG_LEVEL']);
const lines = (isTerminal ? textLines : jsonLines)('trace');
const log = logThreshold.over(lines);

/** Runs one broker until it is stopped. It logs to stdout: JSON lines, or text on a terminal. */
const main = async (): Promise<void> => {
  process.umask(0o077);
  const values = parseOptions(process.argv.slice(2));
  if (values.help || values.version)
    return void process.stdout.write(values.help ? help() : `${readVersion()}\n`);
  const options: BrokerOptions = { ...optionsFrom(values, process.env), log: lines, logThreshold };
  const broker = await startBroker(options);
  const stop = async (signal: string): Promise<void> => {
    log('info', 'stopping', { signal });
    await broker.close();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  const others = broker.listeners.filter(({ protocol }, index) => index > 0 || protocol !== 'plaintext');
  if (isTerminal) process.stdout.write(greeting(options, broker));
  else log('info', 'listening', { port: broker.port, ...(others.length > 0 && { listeners: others }) });
};

const greeting = ({ data }: BrokerOptions, { listeners: [first, ...others] }: RunningBroker): string =>
  [
    `Kafka is ready at ${first!.host}:${first!.port}.`,
    ...others.map(({ protocol, host, port }) => `It also listens at ${protocol}://${host}:${port}.`),
    data === undefined
      ? 'Its data is in memory and is gone when it stops; --data DIR keeps it.'
      : `Its data is in ${data}.`,
    'Press Ctrl-C to stop it.\n',
  ].join('\n');

main().catch((error: Error) => {
  const [msg, details] = explain(error);
  const hint = details.code === 'CONFIG_INVALID' ? '\nTry msx-broker --help.' : '';
  if (isTerminal) process.stderr.write(`error: ${msg}${hint}\n`);
  else log('fatal', msg, details);
  process.exitCode = 1;
});
