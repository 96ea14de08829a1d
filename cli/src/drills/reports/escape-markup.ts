const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML and HTML, without the control characters that XML 1.0 does not allow. */
export const escapeMarkup = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- those that XML 1.0 excludes
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (each) => ENTITIES[each]!);
