import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeSocketFolder, socketFolder } from '../engine/control/socket-path.js';
import { replaceFile } from '../../model/files/replace-file.js';
import { readText } from '../../model/system/read-file.js';
import { isAlive } from '../processes/process-table.js';
import type { Identity } from '../processes/process-table.js';

/** A broker that outlives the command that started it. */
export interface BackgroundBroker extends Identity {
  readonly port: number;
  /** Where clients connect to. */
  readonly address: string;
  /** Its further listeners, such as `sasl_ssl://127.0.0.1:9093`. */
  readonly listeners: readonly string[];
  /** Its command line, and the folder that its paths are relative to. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** The file that it logs to. */
  readonly log: string;
}

/** The folder of the records and logs of brokers; only this user can access it, and it is gone with the next boot. */
const brokerFolder = (): string => join(socketFolder(), 'brokers');

/** Throws SOCKET_FOLDER_UNUSABLE. */
export function makeBrokerFolder(): string {
  makeSocketFolder(socketFolder());
  makeSocketFolder(brokerFolder());
  return brokerFolder();
}

/** Those of this user that are alive, by port. */
export const backgroundBrokers = (): BackgroundBroker[] =>
  recorded()
    .filter((broker) => isAlive(broker))
    .sort((a, b) => a.port - b.port);

/** Removes what brokers have left behind that were killed; until then, their logs tell why. */
export const forgetKilledBrokers = (): void =>
  recorded()
    .filter((broker) => !isAlive(broker))
    .forEach(forgetBroker);

const recorded = (): BackgroundBroker[] => recordFiles().flatMap((file) => recordIn(file) ?? []);

export const recordBroker = (broker: BackgroundBroker): void =>
  replaceFile(recordOf(broker.port), JSON.stringify(broker), 0o600);

/** Removes the record of a broker that has ended, and its log. */
export function forgetBroker({ port, log }: BackgroundBroker): void {
  rmSync(recordOf(port), { force: true });
  forgetLog(log);
}

/** Removes a log, and the part of it that was moved when it was cut. */
export function forgetLog(log: string): void {
  for (const file of [log, `${log}.1`]) rmSync(file, { force: true });
}

const recordOf = (port: number): string => join(brokerFolder(), `${port}.json`);

function recordFiles(): string[] {
  try {
    return readdirSync(brokerFolder())
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(brokerFolder(), name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined if it was removed in the meantime. Records are replaced as a whole, so none is ever half-written. */
function recordIn(file: string): BackgroundBroker | undefined {
  try {
    return JSON.parse(readText(file)) as BackgroundBroker;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
