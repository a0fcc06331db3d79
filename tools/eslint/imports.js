/** What the rules about imports share: every way in which a file can name another module. */

/**
 * Listeners that call `visit(node, specifier, typeOnly)` for each static, type-only, re-exported, dynamic and required
 * module; `specifier` is undefined when only the running program knows it.
 */
export function eachImport(visit) {
  const literal = (node) => {
    if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
    if (node?.type !== 'TemplateLiteral') return undefined;
    const start = node.quasis[0].value.cooked;
    // A file chosen at run time inside a named package is no way into a module of ours.
    return node.expressions.length === 0 || /^@?[\w-]+\//.test(start) ? start : undefined;
  };
  const declared = (kind) => (node) => {
    if (node.source) visit(node, node.source.value, isTypeOnly(node, kind));
  };
  return {
    ImportDeclaration: declared('importKind'),
    ExportNamedDeclaration: declared('exportKind'),
    ExportAllDeclaration: declared('exportKind'),
    ImportExpression: (node) => visit(node, literal(node.source), false),
    TSImportType: (node) => visit(node, literal(node.source) ?? literal(node.argument?.literal), true),
    TSExternalModuleReference: (node) =>
      visit(node, literal(node.expression), node.parent.importKind === 'type'),
    CallExpression(node) {
      if (loadsModules(node.callee)) visit(node, literal(node.arguments[0]), false);
    },
  };
}

function isTypeOnly(node, kind) {
  if (node[kind] === 'type') return true;
  const names = node.specifiers ?? [];
  return names.length > 0 && names.every((name) => name[kind] === 'type');
}

/** require(…), require.resolve(…), jest.mock(…) and their like. */
function loadsModules(callee) {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression') return false;
  const { object, property } = callee;
  if (object.type === 'Identifier' && object.name === 'require') return property.name === 'resolve';
  const jestLoads = /^(unstable_)?(mock|doMock|mockModule|requireActual|requireMock|importActual)$/;
  return object.type === 'Identifier' && object.name === 'jest' && jestLoads.test(property.name);
}
