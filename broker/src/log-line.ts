export type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';
/** Reports something worth knowing; where it goes is the host's choice. */
export type Log = (level: Level, msg: string, details?: Record<string, unknown>) => void;

const noise: Record<string, number> = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, fatal: 5 };

/** JSON lines on stdout, in the shape the services use; nothing quieter than `threshold`. */
export const jsonLines =
  (threshold = 'info'): Log =>
  (level, msg, details) => {
    if (noise[level]! < (noise[threshold] ?? 2)) return;
    const line = { level, time: new Date().toISOString(), service: 'kafka', msg, ...details };
    process.stdout.write(JSON.stringify(line) + '\n');
  };

export const silent: Log = () => {};
