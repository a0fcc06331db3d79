import type { Engine } from '../../engine/engine.js';
import type { ApiFaults } from '../../http/api-faults.js';
import type { RequestLog } from './request-log.js';

/** What the dashboard looks at and acts on. */
export interface Dashboard {
  engine: Engine;
  faults: ApiFaults;
  log: RequestLog;
}
