import { checkServerIdentity } from 'node:tls';
import type { PeerCertificate } from 'node:tls';
import { credentials, experimental, ServerCredentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import type { CertificateFiles } from './certificate-files.js';

/** Requires a client certificate; plaintext without files. */
export function serverCredentials(files: CertificateFiles | undefined): ServerCredentials {
  if (!files) return ServerCredentials.createInsecure();
  return experimental.createCertificateProviderServerCredentials(files, files, true);
}

/**
 * Presents the own certificate, and accepts a server whose certificate has one of the names; plaintext without files.
 */
export function channelCredentials(
  files: CertificateFiles | undefined,
  names: readonly string[],
): ChannelCredentials {
  if (!files) return credentials.createInsecure();
  const check = (_host: string, certificate: PeerCertificate): Error | undefined => {
    const mistakes = names.map((name) => checkServerIdentity(name, certificate));
    return mistakes.includes(undefined) ? undefined : mistakes[0];
  };
  return experimental.createCertificateProviderChannelCredentials(files, files, {
    checkServerIdentity: check,
  });
}
