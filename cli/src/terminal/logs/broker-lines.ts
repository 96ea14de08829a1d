import { listeningIn } from '../../running/broker/listening-line.js';
import { parseLine } from '../../inspection/logs/log-line.js';
import { coloursOf } from '../screen/colours.js';
import { entryPrinter } from './log-printer.js';

interface Options {
  readonly json: boolean;
  readonly data?: string | undefined;
  readonly host?: string | undefined;
}

/**
 * Prints what the broker logs: on a terminal as `msx logs` does, beginning with where clients connect to; elsewhere as
 * the JSON lines that they are.
 */
export function brokerLinePrinter({ json, data, host = '127.0.0.1' }: Options): (text: string) => void {
  if (json || !process.stdout.isTTY) return (text) => void process.stdout.write(`${text}\n`);
  const print = entryPrinter({ services: ['kafka'] });
  const { bold, dim } = coloursOf(process.stdout);
  return (text) => {
    const line = parseLine(text);
    const listening = listeningIn(text);
    if (!listening)
      return print({ service: 'kafka', lines: [line], time: line.time ?? Date.now(), start: 0 });
    const place = data === undefined ? 'in memory, gone when it stops' : `in ${data}`;
    process.stdout.write(
      [
        `Kafka at ${bold(`${host}:${listening.port}`)}  ${dim(`data ${place}  (Ctrl-C stops it)`)}`,
        ...listening.listeners.map((listener) => `  ${dim('listener')}  ${listener}`),
      ].join('\n') + '\n',
    );
  };
}
