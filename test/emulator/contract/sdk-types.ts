import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, 'roots.ts');

/**
 * The SDK's own declarations as a check at run time: TypeScript's checker reads them, and a value is held against the
 * type it finds. Stricter than the declarations in one thing: of a type that lists its values and then allows any other
 * text, only the listed ones pass.
 */
export class SdkTypes {
  private readonly checker: ts.TypeChecker;
  private readonly roots: Map<string, ts.Type>;

  /** @param names by which the SDK exports the types, e.g. `Checkout.Session` */
  constructor(names: readonly string[]) {
    const fields = names.map((name) => `  '${name}': Stripe.${name};`).join('\n');
    const source = `import type Stripe from 'stripe';\nexport interface Roots {\n${fields}\n}\n`;
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
      name === ROOT ? ts.createSourceFile(name, source, version) : read(name, version);
    const program = ts.createProgram([ROOT], options, host);
    this.checker = program.getTypeChecker();
    const file = program.getSourceFile(ROOT)!;
    const roots = file.statements.find((statement) => ts.isInterfaceDeclaration(statement))!;
    const properties = this.checker.getTypeAtLocation(roots).getProperties();
    this.roots = new Map(properties.map((field) => [field.name, this.checker.getTypeOfSymbol(field)]));
  }

  /** What does not fit, each with its path; empty when `value` is what the SDK says that it is. */
  problems(name: string, value: unknown): string[] {
    const type = this.roots.get(name);
    if (!type || type.flags & ts.TypeFlags.Any) throw new Error(`The SDK has no type Stripe.${name}.`);
    return this.check(type, value, name);
  }

  /** All values of `type` in a union of objects. */
  tagsOf(name: string): Set<string> {
    const union = this.roots.get(name);
    const members = union?.isUnion() ? union.types : [];
    const tags = members.map((member) => this.checker.getTypeOfSymbol(member.getProperty('type')!));
    return new Set(tags.filter((tag) => tag.isStringLiteral()).map((tag) => tag.value));
  }

  private check(type: ts.Type, value: unknown, at: string): string[] {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
    if (type.isUnion()) return this.checkUnion(type, value, at);
    if (isDecimal(type)) return typeof value === 'string' ? [] : [`${at}: not a decimal`];
    if (isText(type)) return typeof value === 'string' ? [] : [wrong(at, value, 'text')];
    if (isPlain(type))
      return fitsPlain(this.checker, type, value) ? [] : [wrong(at, value, this.nameOf(type))];
    if (this.checker.isArrayType(type)) return this.checkArray(type, value, at);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [wrong(at, value, this.nameOf(type))];
    return this.checkObject(type, value as Record<string, unknown>, at);
  }

  private checkArray(type: ts.Type, value: unknown, at: string): string[] {
    if (!Array.isArray(value)) return [wrong(at, value, 'a list')];
    const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
    return value.flatMap((one, index) => this.check(item!, one, `${at}[${index}]`));
  }

  private checkObject(type: ts.Type, value: Record<string, unknown>, at: string): string[] {
    const found: string[] = [];
    const known = new Set<string>();
    for (const field of type.getProperties()) {
      // The SDK adds methods of its own to some objects.
      if (this.checker.getTypeOfSymbol(field).getCallSignatures().length > 0) continue;
      known.add(field.name);
      const here = `${at}.${field.name}`;
      const given = value[field.name];
      if (given !== undefined) found.push(...this.check(this.checker.getTypeOfSymbol(field), given, here));
      else if (!(field.flags & ts.SymbolFlags.Optional)) found.push(`${here}: missing`);
    }
    const rest = this.checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
    for (const [name, given] of Object.entries(value)) {
      if (known.has(name)) continue;
      if (rest) found.push(...this.check(rest, given, `${at}.${name}`));
      else found.push(`${at}.${name}: unknown to the SDK`);
    }
    return found;
  }

  private checkUnion(type: ts.UnionType, value: unknown, at: string): string[] {
    const listed = type.types.some((member) => member.isStringLiteral());
    const members = type.types.filter((member) => !(listed && isText(member)));
    const attempts = members
      .filter((member) => this.tagsFit(member, value))
      .map((member) => this.check(member, value, at));
    if (attempts.some((problems) => problems.length === 0)) return [];
    // Of several objects the one that nearly fits says most.
    const nearest = attempts.toSorted((one, other) => one.length - other.length)[0];
    return typeof value === 'object' && nearest ? nearest : [wrong(at, value, this.nameOf(type))];
  }

  /** Whether `object` and `type`, where a member fixes them, are the value's. */
  private tagsFit(member: ts.Type, value: unknown): boolean {
    if (isDecimal(member)) return true;
    if (typeof value !== 'object' || value === null) return !(member.flags & ts.TypeFlags.Object);
    if (!(member.flags & ts.TypeFlags.Object)) return false;
    return ['object', 'type'].every((name) => {
      const field = member.getProperty(name);
      const tag = field && this.checker.getTypeOfSymbol(field);
      return !tag?.isStringLiteral() || tag.value === (value as Record<string, unknown>)[name];
    });
  }

  private nameOf(type: ts.Type): string {
    return this.checker.typeToString(type).slice(0, 200);
  }
}

/** On the wire decimals are text; the SDK makes objects of them. */
function isDecimal(type: ts.Type): boolean {
  return (type.aliasSymbol ?? type.symbol)?.name === 'Decimal';
}

/** `string`, or the SDK's `OtherString`, which is an intersection with it. */
function isText(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some(isText);
  return Boolean(type.flags & ts.TypeFlags.String);
}

const PLAIN =
  ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.StringLiteral | ts.TypeFlags.VoidLike | ts.TypeFlags.Null; // prettier-ignore

function isPlain(type: ts.Type): boolean {
  return Boolean(type.flags & PLAIN);
}

function fitsPlain(checker: ts.TypeChecker, type: ts.Type, value: unknown): boolean {
  if (type.isLiteral()) return type.value === value;
  if (type.flags & ts.TypeFlags.BooleanLiteral) return String(value) === checker.typeToString(type);
  if (type.flags & ts.TypeFlags.Null) return value === null;
  if (type.flags & ts.TypeFlags.NumberLike) return typeof value === 'number';
  if (type.flags & ts.TypeFlags.BooleanLike) return typeof value === 'boolean';
  return value === undefined;
}

function wrong(at: string, value: unknown, wanted: string): string {
  return `${at}: ${JSON.stringify(value)?.slice(0, 120)} is not ${wanted}`;
}
