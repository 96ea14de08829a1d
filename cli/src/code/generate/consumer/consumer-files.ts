import { basename } from 'node:path';
import { pascal } from '../names/words.js';
import { projectFiles } from '../projection/project-files.js';
import { wordNames } from '../projection/rename.js';
import type { Template } from '../projection/marks.js';
import type { Subject } from '../projection/subject.js';
import type { SliceFile } from '../slice.js';
import type { ConsumerModel } from './consumer-model.js';

/** The handler of an event, and its test. */
export function consumerFiles(model: ConsumerModel, templates: readonly Template[]): SliceFile[] {
  const folder = `${model.service.path}/src/${model.words.join('-')}`;
  return projectFiles(templates, consumerSubject(model), (file) =>
    file.startsWith('service/') ? `${folder}/${basename(file)}` : undefined,
  );
}

/** A message may have another name than its topic, unlike in the exemplar. */
const consumerSubject = ({ topic, words, service, message, stub }: ConsumerModel): Subject => ({
  names: new Map([
    ...wordNames(['garden', 'gnome', 'woken'], words),
    ['GardenGnomeWoken', message],
    ['GardenGnomeWokenConsumer', `${pascal(words)}Consumer`],
    ['onGardenGnomeWoken', `on${pascal(words)}`],
    ['garden-gnome.woken', topic],
    ['garden_gnome_events', stub],
    ["'tool-shed'", `'${service.name}'`],
  ]),
  fields: [],
  features: new Set(['consumer']),
});
