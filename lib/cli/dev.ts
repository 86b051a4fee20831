import { run } from './run';

await run('development');
