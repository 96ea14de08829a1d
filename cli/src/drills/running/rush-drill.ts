import type { Verdict } from '../verdicts/verdict.js';
import type { DrillRun } from './drill-run.js';
import type { ServiceVerification } from './load-verifications.js';

/** Makes the requests of a rush; the result checks what came of them. */
export async function startRush(
  { maker, plan }: DrillRun,
  { service, verification }: ServiceVerification,
): Promise<() => Promise<Verdict>> {
  const rush = verification.rushes![plan.drill]!;
  const check = await rush.start({ ...maker.context(plan.drill), size: plan.changes });
  return async () => ({
    ...{ invariant: plan.drill, service: service.name, expected: rush.expected },
    violations: await check(),
  });
}
