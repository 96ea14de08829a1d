import { statSync } from 'node:fs';
import type { experimental } from '@grpc/grpc-js';
import { readMaterial } from './tls-material.js';
import type { TlsMaterial, TlsPaths } from './tls-material.js';

type CaListener = experimental.CaCertificateUpdateListener;
type IdentityListener = experimental.IdentityCertificateUpdateListener;

/** Who is told what became of replaced files. */
export interface TlsWitness {
  log(message: string, context?: string): void;
  warn(message: string, context?: string): void;
}

/** How often the files are looked at while a server or a client uses them, in milliseconds. */
const INTERVAL = 1000;

/**
 * What a service shows of itself over TLS and what it believes others by, in files that may be replaced while it runs:
 * connections made from then on use what is new, others go on. Files that cannot be used together change nothing, so that
 * it does no harm to replace them one by one; grpc-js' own file watcher refuses connections meanwhile.
 */
export class CertificateFiles implements experimental.CertificateProvider {
  private material: TlsMaterial;
  private stamp: string;
  private problem: string | undefined;
  private witness: TlsWitness | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners = new Set<CaListener | IdentityListener>();

  /** @throws TlsError saying what is wrong with which file */
  constructor(readonly paths: TlsPaths) {
    this.stamp = this.stampOf();
    this.material = readMaterial(paths);
  }

  /** When the certificate that is shown to others expires. */
  get expires(): Date {
    return this.material.expires;
  }

  tell(witness: TlsWitness): void {
    this.witness = witness;
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

  /** Not before the caller is done: grpc-js takes note of its own listeners last. */
  private add(listener: CaListener | IdentityListener): void {
    this.listeners.add(listener);
    process.nextTick(() => listener(this.material));
    this.timer ??= setInterval(() => this.look(), INTERVAL).unref();
  }

  private remove(listener: CaListener | IdentityListener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A mistake is told when it is still there at the next look: whoever replaces files is not done with the first. */
  private look(): void {
    const stamp = this.stampOf();
    if (stamp !== this.stamp) {
      this.stamp = stamp;
      this.problem = this.replace();
    } else if (this.problem) {
      this.witness?.warn(`The TLS files were replaced, but cannot be used: ${this.problem}`, 'Tls');
      this.problem = undefined;
    }
  }

  /** @returns why not */
  private replace(): string | undefined {
    try {
      this.material = readMaterial(this.paths);
    } catch (error) {
      return (error as Error).message;
    }
    for (const listener of this.listeners) listener(this.material);
    this.witness?.log(`Took up the replaced TLS files; valid until ${this.expires.toISOString()}`, 'Tls');
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
