import { escapeControls } from './escape-controls.js';

/** A value as JSON that a terminal shows and does not interpret. */
export const escapedJson = (value: unknown): string => escapeControls(JSON.stringify(value) ?? 'null');

/** The same for a text, without its quotes. */
export const escapedText = (text: string): string => escapedJson(text).slice(1, -1);
