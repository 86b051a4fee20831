import { createRequire } from 'node:module';
import { register } from 'tsx/cjs/api';

// The other way to load TypeScript, as a module, runs in a thread of its own and takes another 20 MB of memory.
register();
createRequire(import.meta.url)('./main.ts');
