import { startHttpService } from '@msx/runtime';
import { gateway } from './gateway.js';

await startHttpService(gateway);
