import { safeLines } from '../terminal/safe-lines.js';
import { coloursOf } from './colours.js';

/** A line as `kubectl logs --prefix` prints it, safe to show: the name of the pod is in front of all that it becomes. */
export function podLine(line: string): string {
  const [pod = ''] = /^\[pod\/\S+\] /.exec(line) ?? [];
  const texts = safeLines(line.slice(pod.length), { colours: coloursOf(process.stdout).level > 0 });
  return texts.map((text) => pod + text).join('\n');
}
