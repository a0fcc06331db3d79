import { libs, readsEverySchema } from '../module-map.js';
import { isSpec, placeOf } from './places.js';

const SQL = /\b(select|insert\s+into|update|delete\s+from|from|join|truncate|lock\s+table|merge\s+into)\b/i;

/** The SQL of a lib names its own schema only: the tables of others are reached through their services. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const place = placeOf(context.filename, context.cwd);
    const bound = place.area === 'libs' && !readsEverySchema.includes(place.name) && !isSpec(place.path);
    if (!bound) return {};
    const check = (node, sql) => {
      const other = foreignSchema(sql, place.name);
      if (other)
        context.report({
          node,
          message: `The schema ${other} belongs to libs/${other}: ask its service, or read it in libs/reports.`,
        });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && SQL.test(node.value) && check(node, node.value),
      TemplateLiteral(node) {
        const sql = node.quasis.map((part) => part.value.cooked).join(' ? ');
        if (SQL.test(sql)) check(node, sql);
      },
      Decorator(node) {
        const { callee, arguments: args } = node.expression;
        if (callee?.name !== 'Entity') return;
        const properties = args.flatMap((part) => (part.type === 'ObjectExpression' ? part.properties : []));
        const schema = properties.find((property) => property.key?.name === 'schema');
        if (!schema || schema.value.value !== place.name) {
          context.report({
            node,
            message: `An entity of libs/${place.name} lives in its schema: @Entity({ schema: '${place.name}', … }).`,
          });
        }
      },
    };
  },
};

/** The first schema named as `schema.table`, outside of quoted values and comments, that belongs to another lib. */
function foreignSchema(sql, own) {
  const bare = sql.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''");
  for (const [, name] of bare.matchAll(/(?<![\w."$:])"?([a-z_]+)"?\s*\.\s*"?[a-z_]/gi)) {
    if (name !== own && name in libs) return name;
  }
  return undefined;
}
