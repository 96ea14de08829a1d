import { status } from '@grpc/grpc-js';
import type { Errors } from '../errors/define-errors.js';
import { statusOfKind } from '../errors/kind.js';

/** The errors of a service as rows of its README: code, gRPC status, and when it happens. */
export function errorTable(...errors: readonly Errors[]): string[][] {
  return errors
    .flatMap((each) => Object.entries(each))
    .map(([code, { kind, when }]) => [code, status[statusOfKind(kind)], when])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
}

/** The rows of the table below a README heading, as cell texts. */
export function tableBelow(readme: string, heading: string): string[][] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [own] = section.split('\n## ');
  const rows = own!.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}
