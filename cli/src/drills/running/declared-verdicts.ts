import { withDatabase } from '../copy/service-database.js';
import { violationOf } from './found-services.js';
import type { Invariant, Query } from '@msx/runtime';
import type { Verdict } from '../verdicts/verdict.js';
import type { DrillRun } from './drill-run.js';

/** The invariants that the services declare, checked in their databases. */
export async function declaredVerdicts({ copy, verifications, maker }: DrillRun): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { service, verification } of verifications) {
    const own = copy.system.services.find(({ name }) => name === service.name)!;
    const check = async ({ sql, check: checkRows }: Invariant, query: Query) => [
      ...(sql === undefined ? [] : query(sql).map(violationOf)),
      ...((await checkRows?.({ ...maker.context(service.name), query })) ?? []),
    ];
    for (const [invariant, declared] of Object.entries(verification.invariants ?? {}))
      verdicts.push({
        ...{ invariant, service: service.name, expected: declared.expected },
        violations: await verdictOf(() => withDatabase(own, (query) => check(declared, query))),
      });
  }
  return verdicts;
}

/** A check that fails shows nothing, which must not count as held. */
async function verdictOf(check: () => Promise<Verdict['violations']>): Promise<Verdict['violations']> {
  try {
    return await check();
  } catch (error) {
    return [{ id: 'the check', found: `it failed: ${(error as Error).message}` }];
  }
}
