/** The names of the generated sections in a service's README. */
export type SectionName = 'rpcs' | 'errors' | 'events' | 'settings';

const SECTION = /(<!-- msx:(\w+) -->\n)[\s\S]*?(\n<!-- \/msx:\2 -->)/g;

/** Replaces the content of marked sections; unknown sections are not changed. */
export function fillSections(text: string, contents: Readonly<Record<SectionName, string>>): string {
  return Object.entries(contents).reduce((filled, [name, content]) => {
    const section = new RegExp(`(<!-- msx:${name} -->\\n)[\\s\\S]*?(\\n<!-- /msx:${name} -->)`, 'g');
    return filled.replace(section, (...parts: string[]) => `${parts[1]}\n${content}\n${parts[2]}`);
  }, text);
}

/** The text without the content of its sections: the part written by users and templates. */
export const withoutSections = (text: string): string => text.replace(SECTION, '$1$3');

export const hasSections = (text: string): boolean => text.search(SECTION) >= 0;
