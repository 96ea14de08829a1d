// Pass this to `node --import` to run TypeScript directly.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
