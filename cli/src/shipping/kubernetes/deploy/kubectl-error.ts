import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { Target } from './target.js';

export interface KubectlFailure {
  readonly args: readonly string[];
  readonly stderr: string;
  /** Error code of the operating system, if kubectl did not start. */
  readonly code?: string;
  readonly isCanceled?: boolean;
}

/** Maps a failure of kubectl to an error of the catalogue. */
export function errorOfKubectl(failure: KubectlFailure, target: Target): MsxError {
  const { args, stderr, code, isCanceled } = failure;
  if (isCanceled) return new MsxError('INTERRUPTED', {});
  if (code === 'ENOENT') return new MsxError('NO_KUBECTL', {});
  const reason = reasonOf(stderr);
  const kind = KINDS.find(({ pattern }) => pattern.test(stderr));
  if (kind) return kind.error(reason, target);
  return new MsxError('KUBECTL_FAILED', { command: `kubectl ${args.slice(0, 3).join(' ')}`, reason });
}

type Kind = { pattern: RegExp; error: (reason: string, target: Target) => MsxError };

/** The first match counts: without a configuration kubectl calls localhost, and an exceeded quota is a Forbidden as well. */
const KINDS: readonly Kind[] = [
  {
    pattern:
      /current-context is not set|context was not found|context "[^"]*" does not exist|no configuration has been provided|(localhost|127\.0\.0\.1|\[::1\]):8080/i,
    error: (reason, { context }) => new MsxError('NO_CONTEXT', { context, reason }),
  },
  {
    pattern: /exceeded quota/i,
    error: (reason) => new MsxError('QUOTA_EXCEEDED', { reason }),
  },
  {
    pattern: /because it is being terminated/i,
    error: (_, { namespace }) => new MsxError('NAMESPACE_TERMINATING', { namespace }),
  },
  {
    pattern: /violates PodSecurity|admission webhook|forbidden: violates/i,
    error: (reason) => new MsxError('MANIFESTS_REFUSED', { reason }),
  },
  {
    pattern: /\bforbidden\b|Unauthorized|must be logged in|provide credentials/i,
    error: (reason) => new MsxError('CLUSTER_FORBIDDEN', { reason }),
  },
  {
    pattern:
      /is invalid:|field is immutable|strict decoding error|field not declared in schema|no matches for kind|could not find the requested resource/i,
    error: (reason) => new MsxError('MANIFESTS_REFUSED', { reason }),
  },
  {
    pattern:
      /connection refused|no such host|i\/o timeout|unable to connect|was refused|TLS handshake|x509:|no route to host|network is unreachable|EOF/i,
    error: (reason) => new MsxError('CLUSTER_UNREACHABLE', { reason }),
  },
];

/** Without repeated lines and the noise of the discovery cache. */
function reasonOf(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() && !/^[EWI]\d{4} /.test(line))
    .map((line) => line.replace(/^(error|Error from server( \(\w+\))?): /i, ''));
  return [...new Set(lines)].slice(0, 5).join('\n') || 'kubectl gave no reason';
}
