import { defineErrors } from '@msx/runtime';

export const gardenGnomeErrors = defineErrors({
  GARDEN_GNOME_NOT_FOUND: { kind: 'not-found', when: 'No garden gnome has this id' },
});
