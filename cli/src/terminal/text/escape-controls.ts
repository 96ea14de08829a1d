/** Control characters that JSON may contain unescaped within strings. */
const UNESCAPED = /[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;

/** The same JSON, with every character escaped that a terminal would interpret. */
export const escapeControls = (json: string): string =>
  json
    .replace(UNESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\r', ' ');
