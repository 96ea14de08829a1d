// `node --import` this to run TypeScript as it is.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
