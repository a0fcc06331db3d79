import { placeOf } from './places.js';

const RESERVED = {
  typeorm: [
    'DataSource',
    'Repository',
    'TreeRepository',
    'AbstractRepository',
    'MongoRepository',
    'createConnection',
    'getRepository',
  ],
  '@nestjs/typeorm': [
    'InjectRepository',
    'InjectDataSource',
    'InjectEntityManager',
    'getRepositoryToken',
    'getDataSourceToken',
  ],
};

/** Only libs/platform holds a way to the database outside a transaction: a row written so survives a rollback. */
export default {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const place = placeOf(context.filename, context.cwd);
    const bound = (place.area === 'libs' && place.name !== 'platform') || place.area === 'apps';
    if (!bound) return {};
    const report = (node, name) =>
      context.report({
        node,
        message: `${name} belongs to libs/platform: write through transactions.required, read through its query verbs.`,
      });
    const check = (node) => {
      const packageName = node.source?.value;
      const reserved = RESERVED[packageName?.replace(/^(typeorm)\/.*/, '$1')];
      if (!reserved) return;
      if (!node.specifiers) return report(node, `All of ${packageName}`);
      for (const part of node.specifiers) {
        const name = (part.imported ?? part.local)?.name;
        const whole = part.type === 'ImportNamespaceSpecifier' || part.type === 'ImportDefaultSpecifier';
        if (whole || packageName.startsWith('typeorm/')) report(part, `All of ${packageName}`);
        else if (reserved.includes(name)) report(part, name);
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: (node) => RESERVED[node.source.value] && report(node, `All of ${node.source.value}`),
    };
  },
};
