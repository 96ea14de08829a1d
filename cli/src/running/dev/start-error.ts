import { exitText } from '../engine/explain.js';
import { catalogue } from '../../terminal/errors/catalogue.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import type { ErrorCode } from '../../terminal/errors/msx-error.js';
import type { ResourceView } from '../engine/snapshot.js';

/** The error of a failed start, about the first resource at fault. */
export function startError(failed: ResourceView[]): MsxError {
  const { name, kind, exit, crashes, log } = failed[0]!;
  const { reason, lastLines = [] } = exit ?? {};
  if (reason?.facts && reason.code in catalogue)
    return new MsxError(reason.code as ErrorCode, reason.facts as never) as MsxError;
  if (kind === 'task') {
    const services = [...new Set(failed.map((view) => view.name.replace(/^build:/, '')))];
    return new MsxError('BUILD_FAILED', { services, output: lastLines.join('\n') }) as MsxError;
  }
  const facts = {
    service: name,
    reason: reason && exitText(exit),
    lastLines: [...lastLines, ...(log ? [`(${log})`] : [])],
  };
  return new MsxError('SERVICE_GAVE_UP', { ...facts, times: crashes }) as MsxError;
}
