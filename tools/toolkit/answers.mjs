/** Types of TypeScript as JSON schemas: what JSON.stringify makes of a value of that type. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete']);
const REF = '#/components/schemas/';
const literals = ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral | ts.TypeFlags.BooleanLiteral;

/** By operation id: the schema of the answer, null where there is none; and the named schemas that these refer to. */
export function answersOf(root) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const folder = join(root, 'apps/marketplace/src');
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.api.ts'))
    .map((file) => join(folder, file));
  const program = ts.createProgram(files, options);
  const book = new TypeBook(program.getTypeChecker(), root);
  const answers = {};
  for (const file of files) {
    for (const controller of program.getSourceFile(file).statements.filter(ts.isClassDeclaration)) {
      if (!pathOf(controller)?.startsWith('api/v1')) continue;
      for (const method of controller.members.filter(ts.isMethodDeclaration)) {
        if (!decoratorsOf(method).some(({ name }) => VERBS.has(name))) continue;
        const id = `${controller.name.text}.${method.name.text}`;
        answers[id] = book.answer(method, id);
      }
    }
  }
  return { answers: sorted(answers), schemas: sorted(book.schemas) };
}

class TypeBook {
  schemas = {};
  #owners = new Map();

  constructor(checker, root) {
    this.checker = checker;
    this.root = root;
  }

  answer(method, id) {
    const returned = this.checker.getReturnTypeOfSignature(this.checker.getSignatureFromDeclaration(method));
    const type = this.checker.getAwaitedType(returned) ?? returned;
    if (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) return null;
    return this.schema(type, id);
  }

  schema(type, at) {
    const { checker } = this;
    const flags = type.flags;
    if (type.isUnion()) return this.union(type, at);
    if (flags & ts.TypeFlags.Unknown) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & literals) return { enum: [valueOf(type)] };
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' };
    if (checker.isArrayLikeType(type)) return { type: 'array', items: this.items(type, at) };
    if (type.symbol?.name === 'Date') return { type: 'string', format: 'date-time' };
    if (!(flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || flags & ts.TypeFlags.NonPrimitive)
      throw new Error(`${at}: ${checker.typeToString(type)} says nothing that could be documented`);
    if (['Map', 'Set'].includes(type.symbol?.name) || checker.getSignaturesOfType(type, 0).length > 0)
      throw new Error(`${at}: ${checker.typeToString(type)} is nothing in JSON`);
    const name = this.nameOf(type);
    return name ? this.named(name, type, at) : this.object(type, at);
  }

  union(type, at) {
    const members = type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined));
    const isNullable = members.some((one) => one.flags & ts.TypeFlags.Null);
    const values = members.filter((one) => one.flags & literals);
    const rest = members.filter((one) => !(one.flags & (literals | ts.TypeFlags.Null)));
    const parts = rest.map((one) => this.schema(one, at));
    const kinds = new Set(values.map((one) => typeof valueOf(one)));
    for (const kind of kinds) {
      const own = values.map(valueOf).filter((value) => typeof value === kind);
      parts.push(kind === 'boolean' && own.length === 2 ? { type: kind } : { type: kind, enum: own.sort() });
    }
    if (!isNullable) return parts.length === 1 ? parts[0] : { anyOf: parts };
    const [only] = parts;
    if (parts.length === 1 && only.type && !only.properties)
      return { ...only, type: [only.type, 'null'], ...(only.enum && { enum: [...only.enum, null] }) };
    return { anyOf: [...parts, { type: 'null' }] };
  }

  items(type, at) {
    const parts = this.checker.getTypeArguments(type).map((one) => this.schema(one, `${at}[]`));
    const different = [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
    return different.length === 1 ? different[0] : { anyOf: different };
  }

  named(name, type, at) {
    const owner = type.aliasSymbol ?? type.symbol;
    const known = this.#owners.get(name);
    if (known && known !== owner) throw new Error(`${at}: two types are called ${name}; rename one`);
    if (!known) {
      this.#owners.set(name, owner);
      this.schemas[name] = {}; // A type may hold itself.
      this.schemas[name] = this.object(type, name);
    }
    return { $ref: `${REF}${name}` };
  }

  object(type, at) {
    const { checker } = this;
    const properties = {};
    const required = [];
    const toJson = type.getProperty('toJSON');
    if (toJson) {
      const [signature] = checker.getSignaturesOfType(checker.getTypeOfSymbol(toJson), 0);
      return this.schema(checker.getReturnTypeOfSignature(signature), at);
    }
    for (const property of checker.getPropertiesOfType(type)) {
      const own = checker.getTypeOfSymbol(property);
      const isOptional =
        Boolean(property.flags & ts.SymbolFlags.Optional) ||
        (own.isUnion() && own.types.some((one) => one.flags & ts.TypeFlags.Undefined));
      properties[property.name] = this.schema(own, `${at}.${property.name}`);
      if (!isOptional) required.push(property.name);
    }
    const index = checker.getIndexInfosOfType(type)[0];
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(index && { additionalProperties: this.schema(index.type, `${at}{}`) }),
    };
  }

  /** Of our own interfaces, classes and aliases; `Page<OrderView>` is `PageOfOrderView`. Null where it has no good name. */
  nameOf(type) {
    const symbol = type.aliasSymbol ?? type.symbol;
    const source = symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
    if (!symbol || symbol.name.startsWith('__') || !source.startsWith(this.root)) return null;
    if (source.includes('/node_modules/')) return null;
    const inner = type.aliasSymbol ? type.aliasTypeArguments : this.checker.getTypeArguments(type);
    const names = (inner ?? []).map((one) => (one === type ? null : this.nameOf(one)));
    if (names.length === 0) return symbol.name;
    return names.includes(null) ? null : `${symbol.name}Of${names.join('And')}`;
  }
}

function valueOf(type) {
  return type.flags & ts.TypeFlags.BooleanLiteral ? type.intrinsicName === 'true' : type.value;
}

function decoratorsOf(node) {
  return (ts.getDecorators(node) ?? []).map(({ expression }) => ({
    name: expression.expression?.getText(),
    argument: expression.arguments?.[0],
  }));
}

function pathOf(controller) {
  const argument = decoratorsOf(controller).find(({ name }) => name === 'Controller')?.argument;
  return argument && ts.isStringLiteral(argument) ? argument.text : null;
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a.localeCompare(b)));
}
