import { register } from 'tsx/esm/api';

// A worker thread does not inherit the parent's TypeScript loader on Node 20, so it registers one of its own.
register();
await import('./worker.ts');
