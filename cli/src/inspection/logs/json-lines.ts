import { escapeControls } from '../../terminal/text/escape-controls.js';
import type { Entry } from './entries.js';

/**
 * An entry as JSON lines: a line that is JSON already is left unchanged, any other text becomes the `msg` of an object
 * together with its continuation lines.
 */
export function jsonLines({ service, lines, time }: Entry): string {
  const [first, ...rest] = lines;
  const written = first!.record ? [escapeControls(first!.text)] : [];
  const texts = (first!.record ? rest : lines).map(({ text }) => text);
  if (texts.length === 0) return written.join('\n');
  const at = time > 0 ? { time: new Date(time).toISOString() } : {};
  const wrapped = escapeControls(JSON.stringify({ ...at, service, msg: texts.join('\n') }));
  return [...written, wrapped].join('\n');
}
