import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { parseAddress } from '../../model/system/address.js';
import { certificateFilesOf } from '../../model/system/certificate-files.js';
import type { Service, System } from '../../model/system/system.js';

/** The address of a server, and how long it may take to answer. */
export interface Target {
  readonly address: string;
  readonly timeoutMs: number;
}

/**
 * Credentials for plaintext or TLS, depending on what the server speaks. The certificates for TLS are TLS_CERT, TLS_KEY
 * and TLS_CA, or else those of this machine. Throws SERVICE_UNREACHABLE, NO_CERTIFICATES.
 */
export async function credentialsFor(
  { system, service }: { system: System; service: Service },
  { address, timeoutMs }: Target,
): Promise<ChannelCredentials> {
  if (!(await speaksTls(service, { address, timeoutMs }))) return credentials.createInsecure();
  const files = filesOf(system, service);
  const missing = Object.values(files).find((file) => !existsSync(file));
  if (missing !== undefined) throw new MsxError('NO_CERTIFICATES', { service: service.name, file: missing });
  return credentials.createSsl(readFileSync(files.ca), readFileSync(files.key), readFileSync(files.cert));
}

function filesOf({ root }: System, { name }: Service) {
  const { TLS_CERT, TLS_KEY, TLS_CA } = process.env;
  if (TLS_CERT && TLS_KEY && TLS_CA) return { cert: TLS_CERT, key: TLS_KEY, ca: TLS_CA };
  const files = certificateFilesOf(root);
  return { cert: files.of(name), key: files.of(name), ca: files.ca };
}

/** Whether a TLS handshake succeeds; a plaintext server takes it for garbage and closes the connection. */
async function speaksTls({ name }: Service, { address, timeoutMs }: Target): Promise<boolean> {
  const parsed = parseAddress(address);
  if (typeof parsed === 'string')
    throw new MsxError('SERVICE_UNREACHABLE', { service: name, address, reason: `it ${parsed}` });
  const options = { ...parsed, ALPNProtocols: ['h2'], rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const socket = connect({ ...options, timeout: timeoutMs }, () => end(() => resolve(true)));
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    const unreachable = (reason: string) =>
      end(() => reject(new MsxError('SERVICE_UNREACHABLE', { service: name, address, reason })));
    let connected = false;
    socket.on('connect', () => (connected = true));
    socket.on('timeout', () => unreachable(`no answer within ${timeoutMs / 1_000} s`));
    socket.on('error', ({ message }) => (connected ? end(() => resolve(false)) : unreachable(message)));
  });
}
