import { X509Certificate } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { certificateFilesOf } from '../system/certificate-files.js';
import { flawOf } from './flaw-of.js';
import type { System } from '../system/system.js';
import type { Flaw } from './flaw-of.js';

export interface CertificateReport {
  /** `authority`, or the service that it is for. */
  name: string;
  /** PEM: the certificate and its key. */
  file: string;
  /** ISO 8601. */
  expires: string;
  /** Why it was made; absent when it was there and will do. */
  made?: Flaw | 'asked for';
}

export interface CertificatesReport {
  /** What to believe the others by. */
  ca: string;
  certificates: CertificateReport[];
}

/**
 * Sees to it that there is an authority on this machine, and a certificate of it for every service. What will do is left
 * alone unless `force`. Each file is replaced at once: services that run take it up.
 */
export async function ensureCertificates(
  { name, root, services }: Pick<System, 'name' | 'root' | 'services'>,
  { force = false } = {},
): Promise<CertificatesReport> {
  const files = certificateFilesOf(root);
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const authority = await ensureAuthority(name, files, force);
  const pem = readFileSync(files.authority, 'utf8');
  const issuer = new X509Certificate(pem);
  if (textOf(files.ca) !== publicPart(issuer)) write(files.ca, publicPart(issuer), 0o644);
  const reports = [authority];
  for (const service of services) {
    const file = files.of(service.name);
    const made = force ? 'asked for' : flawOf(textOf(file), { name: service.name, authority: issuer });
    if (made) {
      const { Authority } = await import('./authority.js');
      write(file, await (await Authority.parse(pem)).issue(service.name), 0o600);
    }
    reports.push(reportOf(service.name, file, made));
  }
  return { ca: files.ca, certificates: reports };
}

type Files = ReturnType<typeof certificateFilesOf>;

async function ensureAuthority(system: string, files: Files, force: boolean): Promise<CertificateReport> {
  const made = force ? 'asked for' : flawOf(textOf(files.authority), {});
  if (made) {
    const { Authority } = await import('./authority.js');
    const { pem } = await Authority.create(system);
    if (made === 'missing') claim(files.authority, pem);
    else write(files.authority, pem, 0o600);
  }
  return reportOf('authority', files.authority, made);
}

function reportOf(name: string, file: string, made: CertificateReport['made']): CertificateReport {
  const { validTo } = new X509Certificate(readFileSync(file));
  return { name, file, expires: new Date(validTo).toISOString(), ...(made && { made }) };
}

const publicPart = (certificate: X509Certificate): string => certificate.toString();

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of two that make the first authority at once, one wins. */
function claim(file: string, pem: string): void {
  const fresh = stage(file, pem, 0o600);
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
}

function write(file: string, content: string, mode: number): void {
  renameSync(stage(file, content, mode), file);
}

function stage(file: string, content: string, mode: number): string {
  const fresh = `${file}.${process.pid}`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, content, { mode });
  return fresh;
}
