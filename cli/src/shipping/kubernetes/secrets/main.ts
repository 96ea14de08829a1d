import { ClusterStore } from './cluster-store.js';
import { ensureSecrets } from './ensure-secrets.js';
import { InClusterApi } from './in-cluster-api.js';
import type { RequiredSecret } from './required-secrets.js';

/** The program of the Job `secrets`. */
const { NAMESPACE, SYSTEM, WANTED } = process.env;
try {
  const store = new ClusterStore(new InClusterApi(process.env), NAMESPACE!);
  const reports = await ensureSecrets(store, SYSTEM!, JSON.parse(WANTED!) as RequiredSecret[]);
  for (const { name, outcome } of reports) process.stdout.write(`${outcome} ${name}\n`);
} catch (error) {
  const { message, cause } = error as Error;
  const { code = '' } = Object(cause) as { code?: string };
  process.stderr.write(`${message}${code && ` (${code})`}\n`);
  process.exitCode = 1;
}
