import { eachImport } from './imports.js';
import { placeOf } from './places.js';

/** Stripe's SDK is called from libs/stripe and *.stripe.ts alone; its types may be named anywhere. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const place = placeOf(context.filename, context.cwd);
    const bound = place.area === 'libs' || place.area === 'apps';
    if (!bound || (place.area === 'libs' && place.name === 'stripe') || place.path.endsWith('.stripe.ts'))
      return {};
    return eachImport((node, specifier, typeOnly) => {
      if (typeOnly || !/^stripe(\/|$)/.test(specifier ?? '')) return;
      context.report({
        node,
        message: "Use `import type` for Stripe's types; calls belong into libs/stripe or a *.stripe.ts file.",
      });
    });
  },
};
