import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { credentials } from '@grpc/grpc-js';
import type { ChannelCredentials } from '@grpc/grpc-js';
import { MsxError } from '../errors/msx-error.js';
import { certificateFilesOf } from '../system/certificate-files.js';
import type { Service, System } from '../system/system.js';

const PROBE_MS = 5_000;

/**
 * What a server is spoken to in, found out by asking: plaintext, or TLS with the certificates of TLS_CERT, TLS_KEY and
 * TLS_CA, or else of this machine. Throws SERVICE_UNREACHABLE, NO_CERTIFICATES.
 */
export async function credentialsFor(
  { system, service }: { system: System; service: Service },
  address: string,
): Promise<ChannelCredentials> {
  if (!(await speaksTls(service, address))) return credentials.createInsecure();
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

/** Whether the server greets like one of TLS; one of plaintext takes the greeting for nonsense and hangs up. */
function speaksTls({ name }: Service, address: string): Promise<boolean> {
  const { hostname, port } = new URL(`grpc://${address}`);
  // A URL has an IPv6 address in brackets, the resolver has not.
  const host = hostname.replace(/^\[|\]$/g, '');
  const options = { host, port: Number(port), ALPNProtocols: ['h2'], rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const socket = connect(options, () => end(() => resolve(true)));
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    const unreachable = (reason: string) =>
      end(() => reject(new MsxError('SERVICE_UNREACHABLE', { service: name, address, reason })));
    let connected = false;
    socket.on('connect', () => (connected = true));
    socket.setTimeout(PROBE_MS, () => unreachable(`no answer within ${PROBE_MS / 1_000} s`));
    socket.on('error', ({ message }) => (connected ? end(() => resolve(false)) : unreachable(message)));
  });
}
