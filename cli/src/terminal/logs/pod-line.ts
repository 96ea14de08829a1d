import { safeLines } from '../text/safe-lines.js';
import { coloursOf } from '../screen/colours.js';

/** A line of `kubectl logs --prefix`, made safe for a terminal: if it is split, every part is prefixed with the pod. */
export function podLine(line: string): string {
  const [pod = ''] = /^\[pod\/\S+\] /.exec(line) ?? [];
  const texts = safeLines(line.slice(pod.length), { colours: coloursOf(process.stdout).level > 0 });
  return texts.map((text) => pod + text).join('\n');
}
