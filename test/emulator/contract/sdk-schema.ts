import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';

/** One type of the SDK's declarations, as data. Numbers are places in `Schema.nodes`. */
export type Node =
  | { is: 'any' | 'text' | 'number' | 'boolean' | 'null' | 'undefined' | 'decimal' }
  | { is: 'literal'; value: string | number | boolean }
  | { is: 'list'; of: number }
  | { is: 'union'; of: number[] }
  | { is: 'object'; name: string; fields: Record<string, [type: number, optional: boolean]>; rest?: number };

export interface Schema {
  nodes: Node[];
  /** By the value of `object` in a body, e.g. `checkout.session`: the types that carry it. */
  roots: Record<string, number>;
}

const HERE = fileURLToPath(import.meta.url);
const ROOT = join(dirname(HERE), 'roots.ts');
const PROJECT = join(dirname(HERE), '../../..');

/** The SDK's declarations as a schema; made once for each version of the SDK, and kept beside the build. */
export async function sdkSchema(): Promise<Schema> {
  const { version } = JSON.parse(
    await readFile(join(PROJECT, 'node_modules/stripe/package.json'), 'utf8'),
  ) as { version: string };
  const maker = createHash('sha256')
    .update(await readFile(HERE))
    .digest('hex')
    .slice(0, 8);
  const file = join(PROJECT, '.guildhall', `sdk-schema-${version}-${maker}.json`);
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept) return JSON.parse(kept) as Schema;
  const { default: compiler } = await import('typescript');
  const schema = new Reader(compiler).read();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(schema));
  await rename(`${file}.${process.pid}`, file);
  return schema;
}

/** Walks the declarations by TypeScript's own checker. */
class Reader {
  private readonly checker: ts.TypeChecker;
  private readonly file: ts.SourceFile;
  private readonly nodes: Node[] = [];
  private readonly places = new Map<ts.Type, number>();

  constructor(private readonly ts: typeof import('typescript')) {
    const source = `import Stripe from 'stripe';\nexport type Root = Stripe;\n`;
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      skipLibCheck: true,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, version) =>
      name === ROOT ? ts.createSourceFile(name, source, version, true) : read(name, version);
    const program = ts.createProgram([ROOT], options, host);
    this.checker = program.getTypeChecker();
    this.file = program.getSourceFile(ROOT)!;
  }

  read(): Schema {
    const { ts, checker } = this;
    const [imported] = this.file.statements.filter(ts.isImportDeclaration);
    const alias = checker.getSymbolAtLocation(imported!.importClause!.name!)!;
    const tagged = new Map<string, ts.Type[]>();
    this.collect(checker.getAliasedSymbol(alias), tagged, new Set());
    const roots: Schema['roots'] = {};
    for (const [tag, types] of tagged) {
      const unions = types.filter((type) => type.isUnion());
      // Events are one union of all their types; a deleted customer is another type than a customer.
      const members = unions.length > 0 ? unions : types;
      roots[tag] = this.add({ is: 'union', of: [...new Set(members.map((type) => this.place(type)))] });
    }
    return { nodes: this.nodes, roots };
  }

  /** Every exported type whose `object` is one fixed word. */
  private collect(space: ts.Symbol, tagged: Map<string, ts.Type[]>, seen: Set<ts.Symbol>): void {
    const { ts, checker } = this;
    if (seen.has(space)) return;
    seen.add(space);
    for (const found of checker.getExportsOfModule(space)) {
      const one = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
      if (one.flags & ts.SymbolFlags.Namespace) this.collect(one, tagged, seen);
      if (!(one.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))) continue;
      const type = checker.getDeclaredTypeOfSymbol(one);
      const tag = type.getProperty('object');
      const word = tag && checker.getTypeOfSymbol(tag);
      if (!word?.isStringLiteral() || word.value === 'list') continue;
      tagged.set(word.value, [...(tagged.get(word.value) ?? []), type]);
    }
  }

  private add(node: Node): number {
    return this.nodes.push(node) - 1;
  }

  private place(type: ts.Type): number {
    const known = this.places.get(type);
    if (known !== undefined) return known;
    const at = this.add({ is: 'any' });
    this.places.set(type, at);
    this.nodes[at] = this.describe(type);
    return at;
  }

  private describe(type: ts.Type): Node {
    const { ts, checker } = this;
    const has = (flags: ts.TypeFlags) => Boolean(type.flags & flags);
    if (has(ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return { is: 'any' };
    if (has(ts.TypeFlags.BooleanLiteral))
      return { is: 'literal', value: checker.typeToString(type) === 'true' };
    if (has(ts.TypeFlags.BooleanLike)) return { is: 'boolean' };
    if (type.isUnion()) return this.describeUnion(type);
    if (isDecimal(type)) return { is: 'decimal' };
    if (this.isText(type)) return { is: 'text' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { is: 'literal', value: type.value };
    if (has(ts.TypeFlags.NumberLike)) return { is: 'number' };
    if (has(ts.TypeFlags.Null)) return { is: 'null' };
    if (has(ts.TypeFlags.VoidLike)) return { is: 'undefined' };
    if (checker.isArrayType(type))
      return { is: 'list', of: this.place(checker.getTypeArguments(type as ts.TypeReference)[0]!) };
    return this.describeObject(type);
  }

  /** Of a type that lists its values and then allows any other text, only the listed ones count. */
  private describeUnion(type: ts.UnionType): Node {
    const listed = type.types.some((member) => member.isStringLiteral());
    const members = type.types.filter((member) => !(listed && this.isText(member)));
    return { is: 'union', of: members.map((member) => this.place(member)) };
  }

  private describeObject(type: ts.Type): Node {
    const { ts, checker } = this;
    const fields: Record<string, [number, boolean]> = {};
    for (const field of type.getProperties()) {
      const of = checker.getTypeOfSymbol(field);
      // The SDK adds methods of its own to some objects.
      if (of.getCallSignatures().length > 0) continue;
      fields[field.name] = [this.place(of), Boolean(field.flags & ts.SymbolFlags.Optional)];
    }
    const rest = checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
    const name = checker.typeToString(type).slice(0, 80);
    return { is: 'object', name, fields, ...(rest && { rest: this.place(rest) }) };
  }

  /** `string`, or the SDK's `OtherString`, which is an intersection with it. */
  private isText(type: ts.Type): boolean {
    if (type.isIntersection()) return type.types.some((part) => this.isText(part));
    return Boolean(type.flags & this.ts.TypeFlags.String);
  }
}

/** On the wire decimals are text; the SDK makes objects of them. */
function isDecimal(type: ts.Type): boolean {
  return (type.aliasSymbol ?? type.symbol)?.name === 'Decimal';
}
