/** Words whose plural no rule makes. Only those that somebody may call an entity. */
const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  man: 'men',
  woman: 'women',
  child: 'children',
  foot: 'feet',
  tooth: 'teeth',
  goose: 'geese',
  mouse: 'mice',
  ox: 'oxen',
  die: 'dice',
  leaf: 'leaves',
  life: 'lives',
  knife: 'knives',
  wife: 'wives',
  half: 'halves',
  shelf: 'shelves',
  loaf: 'loaves',
  thief: 'thieves',
  wolf: 'wolves',
  self: 'selves',
  hero: 'heroes',
  potato: 'potatoes',
  tomato: 'tomatoes',
  echo: 'echoes',
  veto: 'vetoes',
  index: 'indices',
  vertex: 'vertices',
  matrix: 'matrices',
  datum: 'data',
  medium: 'media',
  criterion: 'criteria',
  phenomenon: 'phenomena',
  quiz: 'quizzes',
};

const UNCOUNTABLE = new Set(
  'equipment information money species series sheep fish deer news stock software hardware feedback staff metadata'.split(
    ' ',
  ),
);

/** The plural of an English word in lower case. */
export function pluralOf(word: string): string {
  if (UNCOUNTABLE.has(word) || /\d$/.test(word)) return word;
  if (Object.hasOwn(IRREGULAR, word)) return IRREGULAR[word]!;
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies');
  if (/sis$/.test(word)) return word.replace(/sis$/, 'ses');
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}
