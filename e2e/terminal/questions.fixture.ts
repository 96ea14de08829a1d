/** A question with its default is one line, which is edited at its end. */
export const isQuestion = (text: string): boolean => /\]:|\[y\/N\]/.test(text);
