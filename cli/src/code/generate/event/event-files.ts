import { basename } from 'node:path';
import { pascal } from '../names/words.js';
import { pathToSources } from '../parts/find-service.js';
import { projectFiles } from '../projection/project-files.js';
import { wordNames } from '../projection/rename.js';
import type { Template } from '../projection/marks.js';
import type { Subject } from '../projection/subject.js';
import type { SliceFile } from '../slice.js';
import type { EventModel } from './event-model.js';

/** The publisher of an event, and its test. */
export function eventFiles(model: EventModel, templates: readonly Template[]): SliceFile[] {
  return projectFiles(templates, eventSubject(model), (file) =>
    file.startsWith('service/') ? `${model.folder}/${basename(file)}` : undefined,
  );
}

/** The exemplar's event: a garden gnome has woken up, keyed by its owner. */
const eventSubject = ({ topic, words, stub, service, folder, fields, key }: EventModel): Subject => ({
  names: new Map([
    ...wordNames(['garden', 'gnome', 'woken'], words),
    ['GardenGnomeWoken', pascal(words)],
    ['garden-gnome.woken', topic],
    ['garden_gnome_events', stub],
    ["'../", `'${pathToSources(service, folder)}`],
    ["'tool-shed'", `'${service.name}'`],
    ['ownerId', key.name],
  ]),
  fields,
  features: new Set(['event']),
});
