import type { PortState } from '../dev/held-ports.js';

/** What became of the ports that were to be freed; a person may have said no to some. */
export function freedText(chosen: readonly PortState[], freed: readonly number[]): string {
  const kept = chosen.filter(({ port, heldBy }) => heldBy !== 'nobody' && !freed.includes(port));
  const parts = [
    freed.length > 0 ? `freed ${freed.join(', ')}` : '',
    kept.length > 0 ? `still held: ${kept.map(({ port }) => port).join(', ')}` : '',
  ];
  return parts.filter(Boolean).join(' · ') || 'nothing to free';
}
