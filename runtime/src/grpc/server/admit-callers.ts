import { ResponderBuilder, ServerInterceptingCall, ServerListenerBuilder, status } from '@grpc/grpc-js';
import type { ServerInterceptor } from '@grpc/grpc-js';
import type { PeerCertificate } from 'node:tls';
import { SESSIONS } from '../../auth/sessions-protocol.js';

/** The gRPC services that every service of the system may call: health and session lookups. */
const OPEN_TO_ALL = ['/grpc.health.v1.Health/', `/${SESSIONS}/`];

/**
 * Accepts calls only from these services, by the names in their certificates: a certificate authority vouches for a
 * service's identity, not for its permissions.
 */
export function admitCallers(callers: readonly string[]): ServerInterceptor {
  return ({ path }, call) => {
    if (OPEN_TO_ALL.some((open) => path.startsWith(open))) return new ServerInterceptingCall(call);
    const names = namesIn(call.getAuthContext().sslPeerCertificate);
    if (names.some((name) => callers.includes(name))) return new ServerInterceptingCall(call);
    const details = `${names[0] ?? 'a caller without a certificate'} is not allowed to call this service`;
    const listener = new ServerListenerBuilder()
      .withOnReceiveMetadata(() => call.sendStatus({ code: status.PERMISSION_DENIED, details }))
      .build();
    return new ServerInterceptingCall(
      call,
      new ResponderBuilder().withStart((next) => next(listener)).build(),
    );
  };
}

/** The names in a certificate: of its subject, and its alternative names. */
function namesIn(certificate: PeerCertificate | undefined): string[] {
  const { subject, subjectaltname = '' } = certificate ?? {};
  const others = [...subjectaltname.matchAll(/DNS:([\w.-]+)/g)].map((found) => found[1]!);
  return [subject?.CN, ...others]
    .flat()
    .filter((name) => typeof name === 'string' && name !== 'localhost') as string[];
}
