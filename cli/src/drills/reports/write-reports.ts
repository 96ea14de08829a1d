import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { replaceFile } from '../../model/files/replace-file.js';
import { htmlReport } from './html-report.js';
import { junitReport } from './junit-report.js';
import type { Outcome } from '../verdicts/outcome.js';

/** The files to write, if any. */
interface ReportFiles {
  readonly junit?: string | undefined;
  readonly html?: string | undefined;
}

/** Drills take minutes: what cannot be written is told before. Throws USAGE. */
export function checkReportFiles({ junit, html }: ReportFiles): void {
  for (const file of [junit, html])
    if (file !== undefined && !existsSync(dirname(resolve(file))))
      throw new MsxError('USAGE', {
        reason: `${file} cannot be written: there is no folder ${dirname(file)}`,
      });
}

/** `title`: the heading of the web page. */
export function writeReports(
  outcomes: readonly Outcome[],
  { junit, html }: ReportFiles,
  title: string,
): void {
  if (junit !== undefined) replaceFile(junit, junitReport(outcomes));
  if (html !== undefined) replaceFile(html, htmlReport(outcomes, title));
}
