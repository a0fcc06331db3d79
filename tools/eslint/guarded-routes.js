import { isSpec, placeOf } from './places.js';

const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Search', 'Sse']);
const GUARDS = new Set(['Public', 'SignedIn', 'AdminOnly', 'SellerMember', 'UseGuards']);

/** Every route of the marketplace says who may call it: a guard, or @Public() in so many words. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const place = placeOf(context.filename, context.cwd);
    // The specs of the guards make routes without one, to see them refused.
    if (place.area !== 'apps' || place.name !== 'marketplace' || isSpec(place.path)) return {};
    return {
      MethodDefinition(method) {
        const names = decoratorsOf(method);
        if (!names.some((name) => ROUTES.has(name))) return;
        const all = [...names, ...decoratorsOf(method.parent.parent)];
        if (all.some((name) => GUARDS.has(name))) return;
        context.report({
          node: method,
          message:
            'This route has no guard: add @SignedIn(), @SellerMember() or @AdminOnly(), or @Public() if all may call it.',
        });
      },
    };
  },
};

function decoratorsOf(node) {
  return (node.decorators ?? []).map(({ expression }) => (expression.callee ?? expression).name);
}
