import truncatedWidth from 'fast-string-truncated-width';

const ELLIPSIS = '…';

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const PLAIN = /^[ -~]*$/;

/** How many columns a text takes: escape sequences none, East Asian wide characters two (UAX #11). */
export function widthOf(text: string): number {
  // The library compiles its tables of characters at the first look: most texts need none.
  const bare = text.replace(COLOURS, '');
  return PLAIN.test(bare) ? bare.length : truncatedWidth(text).width;
}

/** The text in at most `columns`, its end replaced by `…` where it is longer; colours do not run on. */
export function cut(text: string, columns: number): string {
  if (columns === Infinity) return text;
  const limit = Math.max(1, columns);
  const { index, truncated, ellipsed } = truncatedWidth(text, { limit, ellipsis: ELLIPSIS });
  if (!truncated) return text;
  let rest = text.slice(0, index);
  // Characters that are neither Latin nor wide are counted late, so that the index may be too far by some.
  while (widthOf(rest) > limit - ELLIPSIS.length) rest = withoutLast(rest);
  return `${rest}${ellipsed ? ELLIPSIS : ''}${rest.includes('\u001B') ? '\u001B[0m' : ''}`;
}

const withoutLast = (text: string): string => [...text].slice(0, -1).join('');
