import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { claimFile, replaceFile } from '../../model/files/replace-file.js';
import { certificateFilesOf } from '../../model/system/certificate-files.js';
import { flawOf } from './flaw-of.js';
import { readText } from '../../model/system/read-file.js';
import type { System } from '../../model/system/system.js';
import type { Flaw } from './flaw-of.js';

export interface CertificateReport {
  /** `authority`, or the name of the service. */
  name: string;
  /** PEM: the certificate and its key. */
  file: string;
  /** ISO 8601. */
  expires: string;
  /** Why it was created; absent when the existing one is still usable. */
  made?: Flaw | 'asked for';
}

export interface CertificatesReport {
  /** The file with the certificate of the authority. */
  ca: string;
  certificates: CertificateReport[];
}

/**
 * Ensures that this machine has an authority and a certificate for every service. Usable ones are kept unless `force`
 * is set. Files are replaced atomically; running services reload them.
 */
export async function ensureCertificates(
  { name, root, services }: Pick<System, 'name' | 'root' | 'services'>,
  { force = false } = {},
): Promise<CertificatesReport> {
  const files = certificateFilesOf(root);
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const authority = await ensureAuthority(name, files, force);
  const pem = readText(files.authority);
  const issuer = new X509Certificate(pem);
  if (textOf(files.ca) !== publicPart(issuer)) replaceFile(files.ca, publicPart(issuer), 0o644);
  const reports = [authority];
  for (const service of services) {
    const file = files.of(service.name);
    const made = force ? 'asked for' : flawOf(textOf(file), { name: service.name, authority: issuer });
    if (made) {
      const { Authority } = await import('./authority.js');
      replaceFile(file, await (await Authority.parse(pem)).issue(service.name), 0o600);
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
    // Of two processes that create the first authority at the same time, one wins.
    if (made === 'missing') claimFile(files.authority, pem, 0o600);
    else replaceFile(files.authority, pem, 0o600);
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
    return readText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
