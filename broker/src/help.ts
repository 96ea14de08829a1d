import { optionTable, type Option } from './options.js';

const WIDTH = 80;
const GAP = 2;

/** The text of `--help`, for a terminal of 80 columns. */
export const help = (): string => {
  const table: Record<string, Option> = optionTable;
  const rows = Object.entries(table).map(
    ([name, option]) => [usageOf(name, option), textOf(option)] as const,
  );
  const indent = Math.max(...rows.map(([usage]) => usage.length)) + 2 * GAP;
  const lines = rows.flatMap(([usage, text]) =>
    wrapped(text, WIDTH - indent).map((line, n) =>
      `${' '.repeat(GAP)}${n === 0 ? usage : ''}`.padEnd(indent).concat(line),
    ),
  );
  return [
    'A broker that speaks the Kafka protocol, for development and tests.',
    '',
    'Usage: msx-broker [options]',
    '',
    ...lines,
    '',
    ...ENVIRONMENT,
    '',
    ...EXAMPLES,
    '',
  ].join('\n');
};

const ENVIRONMENT = [
  'Environment:',
  '  LOG_LEVEL         debug, info, warn or error (default: info)',
  '  MSX_BROKER_USERS  lines of user:password for SASL, in place of --users',
];

const EXAMPLES = [
  'Examples:',
  '  A broker on port 9092, whose data is gone when it stops:',
  '    msx-broker',
  '',
  '  With a listener like one of production, for the user "app":',
  '    echo app:app-secret > users',
  '    msx-broker --data .kafka --users users \\',
  '      --listener sasl_ssl://localhost:9095',
];

/** An option as it is typed: `-h, --help` or `--port PORT`. */
export const usageOf = (name: string, { short, value }: Option): string =>
  `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;

const textOf = ({ text, default: byDefault }: Option): string =>
  byDefault === undefined ? text : `${text} (default: ${byDefault})`;

/** Breaks a text between words. */
const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
};
