/** Log lines are data; long ones are wrapped. */
export const isLogLine = (text: string): boolean => /^(\^C)?\d\d:\d\d:\d\d(\.\d{3})? |^msx {2}|^ /.test(text);
