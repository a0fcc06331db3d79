import type { Node, Schema } from './sdk-schema.js';

type Fields = Record<string, unknown>;

/** What of an object changed, and of the objects in it: the SDK says so of its first level alone. */
const PARTIAL = 'previous_attributes';

/** Holds bodies against the types that the SDK declares. */
export class SdkTypes {
  constructor(private readonly schema: Schema) {}

  /** What does not fit, each with its path; empty when `body` is what the SDK says that it is. */
  problems(body: unknown): string[] {
    const tag = (body as Fields | null)?.['object'];
    const root = this.schema.roots[String(tag)];
    return root === undefined
      ? [`no type of the SDK is a ${String(tag)}`]
      : this.check(root, body, String(tag));
  }

  /** All tags, e.g. `charge`. */
  get tags(): string[] {
    return Object.keys(this.schema.roots);
  }

  /** All values of `type` among the types with this tag. */
  typesOf(tag: string): Set<string> {
    return new Set(
      this.members(this.schema.roots[tag]!).flatMap((member) => this.literal(member, 'type') ?? []),
    );
  }

  /** A body for each type with this tag: no more in it than there must be. */
  samples(tag: string): Fields[] {
    return this.members(this.schema.roots[tag]!).map((member) => this.sample(member) as Fields);
  }

  /** The smallest value that fits. */
  private sample(at: number): unknown {
    const node = this.schema.nodes[at]!;
    switch (node.is) {
      case 'union': {
        const simple = node.of.find(
          (member) => !['object', 'union', 'list'].includes(this.schema.nodes[member]!.is),
        );
        return this.sample(simple ?? node.of[0]!);
      }
      case 'object': {
        const required = Object.entries(node.fields).filter(([, [, optional]]) => !optional);
        return Object.fromEntries(required.map(([name, [type]]) => [name, this.sample(type)]));
      }
      case 'literal':
        return node.value;
      case 'list':
        return [];
      default:
        return {
          any: 'any',
          text: 'text',
          decimal: '1.5',
          number: 1,
          boolean: true,
          null: null,
          undefined: undefined,
        }[node.is];
    }
  }

  private members(at: number): number[] {
    const node = this.schema.nodes[at]!;
    return node.is === 'union' ? node.of.flatMap((member) => this.members(member)) : [at];
  }

  /** @param partly whether fields may be missing, at any depth, and null stand for what was not there */
  private check(type: number, value: unknown, at: string, partly = false): string[] {
    const node = this.schema.nodes[type]!;
    if (partly && value === null) return [];
    switch (node.is) {
      case 'any':
        return [];
      case 'union':
        return this.checkUnion(node.of, value, at, partly);
      case 'list':
        if (!Array.isArray(value)) return [wrong(at, value, 'a list')];
        return value.flatMap((one, index) => this.check(node.of, one, `${at}[${index}]`));
      case 'object':
        if (typeof value !== 'object' || value === null || Array.isArray(value))
          return [wrong(at, value, node.name)];
        return this.checkObject(node, value as Fields, at, partly);
      case 'literal':
        return node.value === value ? [] : [wrong(at, value, JSON.stringify(node.value))];
      default:
        return fits(node.is, value) ? [] : [wrong(at, value, node.is)];
    }
  }

  private checkObject(node: Node & { is: 'object' }, value: Fields, at: string, partly: boolean): string[] {
    const found: string[] = [];
    for (const [name, [type, optional]] of Object.entries(node.fields)) {
      const inPart = partly || name === PARTIAL;
      if (value[name] !== undefined) found.push(...this.check(type, value[name], `${at}.${name}`, inPart));
      else if (!optional && !partly) found.push(`${at}.${name}: missing`);
    }
    for (const name of Object.keys(value)) {
      if (Object.hasOwn(node.fields, name)) continue;
      if (node.rest !== undefined) found.push(...this.check(node.rest, value[name], `${at}.${name}`, partly));
      else found.push(`${at}.${name}: unknown to the SDK`);
    }
    return found;
  }

  private checkUnion(members: number[], value: unknown, at: string, partly: boolean): string[] {
    let nearest: string[] | undefined;
    for (const member of members) {
      if (!this.tagsFit(member, value, partly)) continue;
      const problems = this.check(member, value, at, partly);
      if (problems.length === 0) return [];
      // Of several objects the one that nearly fits says most.
      if (!nearest || problems.length < nearest.length) nearest = problems;
    }
    if (typeof value === 'object' && nearest) return nearest;
    const wanted = members.map((member) => this.nameOf(member)).join(' | ');
    return [wrong(at, value, wanted.slice(0, 200))];
  }

  /** Whether `object` and `type`, where a member fixes them, are the value's. */
  private tagsFit(member: number, value: unknown, partly: boolean): boolean {
    const node = this.schema.nodes[member]!;
    if (node.is === 'union') return true;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) return node.is !== 'object';
    if (node.is !== 'object') return node.is === 'any';
    return ['object', 'type'].every((name) => {
      const fixed = this.literal(member, name);
      const given = (value as Fields)[name];
      return fixed === undefined || fixed === given || (partly && given === undefined);
    });
  }

  private literal(member: number, field: string): string | undefined {
    const node = this.schema.nodes[member]!;
    const type = node.is === 'object' ? node.fields[field]?.[0] : undefined;
    const fixed = type === undefined ? undefined : this.schema.nodes[type]!;
    return fixed?.is === 'literal' ? String(fixed.value) : undefined;
  }

  private nameOf(at: number): string {
    const node = this.schema.nodes[at]!;
    return node.is === 'literal' ? JSON.stringify(node.value) : node.is === 'object' ? node.name : node.is;
  }
}

type Plain = Exclude<Node['is'], 'any' | 'union' | 'list' | 'object' | 'literal'>;

function fits(is: Plain, value: unknown): boolean {
  switch (is) {
    case 'text':
      return typeof value === 'string';
    case 'decimal':
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
    case 'null':
      return value === null;
    default:
      return typeof value === is;
  }
}

function wrong(at: string, value: unknown, wanted: string): string {
  return `${at}: ${JSON.stringify(value)?.slice(0, 120)} is not ${wanted}`;
}
