import type { Logger } from 'pino';
import type { Thresholds } from '../decide/decide';
import type { Folders } from '../store/folders';
import type { Store } from '../store/open-store';
import type { WorkerPool } from '../workers/worker-pool';

/** What the routes work with. */
export interface Engine {
  /** The key every caller must show. */
  key: string;
  store: Store;
  folders: Folders;
  pool: WorkerPool;
  thresholds: Thresholds;
  log: Logger;
}
