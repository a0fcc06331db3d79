/** The architecture as lint rules; eslint.config.js turns all of them on, and inline comments can't turn them off. */
import databaseOwner from './database-owner.js';
import guardedRoutes from './guarded-routes.js';
import moduleMap from './module-map.js';
import ownSchema from './own-schema.js';
import stripeAtTheEdge from './stripe-at-the-edge.js';

const rules = {
  'module-map': moduleMap,
  'database-owner': databaseOwner,
  'stripe-at-the-edge': stripeAtTheEdge,
  'guarded-routes': guardedRoutes,
  'own-schema': ownSchema,
};

/** Plugin and settings for a flat configuration. */
export const architecture = {
  plugins: { guildhall: { rules } },
  linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
  rules: Object.fromEntries(Object.keys(rules).map((name) => [`guildhall/${name}`, 'error'])),
};
