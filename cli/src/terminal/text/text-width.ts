import truncatedWidth from 'fast-string-truncated-width';

const ELLIPSIS = '…';

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const PLAIN = /^[ -~]*$/;

/** The number of columns of a text: escape sequences count 0, East Asian wide characters 2 (UAX #11). */
export function widthOf(text: string): number {
  // The library compiles its character tables on first use: most texts do not need them.
  const bare = text.replace(COLOURS, '');
  return PLAIN.test(bare) ? bare.length : truncatedWidth(text).width;
}

/** The text cut to at most `columns`, ending with `…` if it was longer; colours are closed. */
export function cut(text: string, columns: number): string {
  if (columns === Infinity) return text;
  const limit = Math.max(1, columns);
  const { index, truncated, ellipsed } = truncatedWidth(text, { limit, ellipsis: ELLIPSIS });
  if (!truncated) return text;
  let rest = text.slice(0, index);
  // The library counts characters that are neither Latin nor wide late, so the index may be too large.
  while (widthOf(rest) > limit - ELLIPSIS.length) rest = withoutLast(rest);
  return `${rest}${ellipsed ? ELLIPSIS : ''}${rest.includes('\u001B') ? '\u001B[0m' : ''}`;
}

const withoutLast = (text: string): string => [...text].slice(0, -1).join('');
