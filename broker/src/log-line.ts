export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';
/** A log function, which the embedding program provides. */
export type Log = (level: Level, msg: string, details?: Record<string, unknown>) => void;

const severity: Record<string, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, fatal: 5 };

/** JSON lines on stdout, in the format of the services, from the level `threshold` on. */
export const jsonLines =
  (threshold = 'info'): Log =>
  (level, msg, details) => {
    if (severity[level]! < (severity[threshold] ?? 2)) return;
    const line = { level, time: new Date().toISOString(), service: 'kafka', msg, ...details };
    process.stdout.write(JSON.stringify(line) + '\n');
  };

/** Lines for a person at a terminal, from the level `threshold` on. */
export const textLines =
  (threshold = 'info'): Log =>
  (level, msg, details = {}) => {
    if (severity[level]! < (severity[threshold] ?? 2)) return;
    const values = Object.entries(details).map(([name, value]) => ` ${name}=${String(value)}`);
    const time = new Date().toTimeString().slice(0, 8);
    process.stdout.write(`${time} ${level}: ${msg}${values.join('')}\n`);
  };

/** The level from which on messages are logged. It can be changed while the broker runs. */
export class LogThreshold {
  constructor(public level = 'info') {
    if (!(level in severity)) this.level = 'info';
  }

  /** A log without the messages below the level. */
  over(log: Log): Log {
    return (level, msg, details) => {
      if (severity[level]! >= severity[this.level]!) log(level, msg, details);
    };
  }
}

export const silent: Log = () => {};
