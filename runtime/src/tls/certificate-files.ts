import { statSync } from 'node:fs';
import type { experimental } from '@grpc/grpc-js';
import { readMaterial } from './tls-material.js';
import type { TlsMaterial, TlsPaths } from './tls-material.js';

type CaListener = experimental.CaCertificateUpdateListener;
type IdentityListener = experimental.IdentityCertificateUpdateListener;

/** The logger for reloads. */
export interface TlsLogger {
  log(message: string, context?: string): void;
  warn(message: string, context?: string): void;
}

/** How often the files are checked for changes while a server or a client uses them. */
const CHECK_INTERVAL_MS = 1000;

/**
 * A service's certificate, key and trusted authorities, in files that may be replaced while it runs: new connections
 * use the new files, existing ones are kept. Files that do not match are ignored, so they can be replaced one by one;
 * the file watcher of grpc-js would refuse connections in the meantime.
 */
export class CertificateFiles implements experimental.CertificateProvider {
  private material: TlsMaterial;
  private stamp: string;
  private problem: string | undefined;
  private logger: TlsLogger | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners = new Set<CaListener | IdentityListener>();

  /** @throws TlsError naming the file and its problem */
  constructor(readonly paths: TlsPaths) {
    this.stamp = this.stampOf();
    this.material = readMaterial(paths);
  }

  /** When the service's own certificate expires. */
  get expires(): Date {
    return this.material.expires;
  }

  logTo(logger: TlsLogger): void {
    this.logger = logger;
  }

  addCaCertificateListener(listener: CaListener): void {
    this.add(listener);
  }

  removeCaCertificateListener(listener: CaListener): void {
    this.remove(listener);
  }

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.add(listener);
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.remove(listener);
  }

  /** Calls the listener after the caller returns: grpc-js registers its own listeners last. */
  private add(listener: CaListener | IdentityListener): void {
    this.listeners.add(listener);
    process.nextTick(() => listener(this.material));
    this.timer ??= setInterval(() => this.check(), CHECK_INTERVAL_MS).unref();
  }

  private remove(listener: CaListener | IdentityListener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Reports a problem only if it is still there at the next check: files are replaced one after another. */
  private check(): void {
    const stamp = this.stampOf();
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      this.problem = this.replace();
    } else if (this.problem) {
      this.logger?.warn(`The TLS files were replaced, but cannot be used: ${this.problem}`, 'Tls');
      this.problem = undefined;
    }
  }

  /** @returns the problem, if any */
  private replace(): string | undefined {
    try {
      this.material = readMaterial(this.paths);
    } catch (error) {
      return (error as Error).message;
    }
    for (const listener of this.listeners) listener(this.material);
    this.logger?.log(`Reloaded the TLS files; valid until ${this.expires.toISOString()}`, 'Tls');
    return undefined;
  }

  private stampOf(): string {
    return Object.values(this.paths).map(stampOfFile).join(' ');
  }
}

function stampOfFile(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino}:${mtimeMs}:${size}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
