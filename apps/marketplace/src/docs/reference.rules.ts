import type { OpenAPIObject } from '@nestjs/swagger';

export interface RouteView {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  /** Who may call it, in a sentence. */
  readonly access: string;
  readonly parameters: readonly Parameter[];
  /** The schema's name, where it takes a body. */
  readonly body: string | null;
  /** What it answers; null where there is no body. */
  readonly answer: Schema | null;
}

export interface FieldRow {
  readonly name: string;
  readonly where: 'path' | 'query' | 'header' | 'body';
  readonly type: string;
  readonly required: boolean;
}

export interface AnswerRow {
  readonly name: string;
  readonly type: string;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Record<string, Schema>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

interface Operation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses?: Record<string, Content>;
}

interface Content {
  readonly content?: Record<string, { readonly schema: Schema }>;
}

/** Every route of the document, by path. */
export function routesOf({ paths }: OpenAPIObject): RouteView[] {
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]): RouteView => ({
        id: operation.operationId ?? `${method} ${path}`,
        tag: operation.tags?.[0] ?? 'other',
        method: method.toUpperCase(),
        path,
        access: operation.description ?? '',
        parameters: operation.parameters ?? [],
        body: nameOf(jsonOf(operation.requestBody)),
        answer:
          jsonOf(Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1]) ??
          null,
      })),
    )
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** What a route takes, nested objects as `shipTo.city`, lists as `variants[].name`. */
export function fieldsOf({ parameters, body }: RouteView, document: OpenAPIObject): FieldRow[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const own = parameters.map(({ name, in: where, required = false, schema = {} }) => ({
    name,
    where,
    required,
    type: typeWords(schema),
  }));
  return [...own, ...(body ? bodyFields(schemas[body] ?? {}, schemas, '') : [])];
}

function bodyFields(schema: Schema, schemas: Record<string, Schema>, prefix: string): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const nested = nameOf(property) ?? nameOf(property.items);
    const field = `${prefix}${name}${property.type === 'array' ? '[]' : ''}`;
    if (nested && schemas[nested]) return bodyFields(schemas[nested], schemas, `${field}.`);
    return {
      name: field,
      where: 'body' as const,
      required: schema.required?.includes(name) ?? false,
      type: typeWords(property),
    };
  });
}

/** What a route answers, by the same names; a list of alternatives shows the fields of each. */
export function answerOf({ answer }: RouteView, document: OpenAPIObject): AnswerRow[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const rows = new Map<string, AnswerRow>();
  const add = (path: string, type: string): void => {
    const before = rows.get(path)?.type;
    const both = before === 'may be null' ? `${type}, or null` : `${before}, or ${type}`;
    rows.set(path, { name: path, type: before && before !== type ? both : type });
  };
  const walk = (schema: Schema, path: string, inside: readonly string[]): void => {
    const name = nameOf(schema);
    if (name === 'Money') return add(path, 'Money');
    if (name !== null) {
      if (!inside.includes(name)) walk(schemas[name] ?? {}, path, [...inside, name]);
      return;
    }
    const words = answerWords(schema);
    if (path !== '' && words !== null) add(path, words);
    const parts = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
    for (const one of parts) walk(one, path, inside);
    if (schema.items) walk(schema.items, `${path}[]`, inside);
    if (typeof schema.additionalProperties === 'object')
      walk(schema.additionalProperties, `${path}{}`, inside);
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      walk(property, path === '' ? key : `${path}.${key}`, inside);
  };
  if (answer) walk(answer, '', []);
  return [...rows.values()];
}

/** Null for what is only a way to its parts. */
function answerWords(schema: Schema): string | null {
  if (schema.anyOf?.some(({ type }) => type === 'null')) return 'may be null';
  if (schema.properties || schema.items || schema.anyOf || schema.additionalProperties) return null;
  return typeWords(schema);
}

function jsonOf(content: Content | undefined): Schema | undefined {
  return content?.content?.['application/json']?.schema;
}

function nameOf(schema: Schema | undefined): string | null {
  return schema?.$ref?.split('/').at(-1) ?? null;
}

function typeWords(schema: Schema): string {
  const { enum: values, format, minimum, maximum, minLength, maxLength } = schema;
  const type = [schema.type ?? 'object'].flat().join(' or ');
  if (values) return values.length > 8 ? `one of ${values.length} codes` : `one of ${values.join(', ')}`;
  const range = [minimum ?? minLength, maximum ?? maxLength];
  if (range.every((end) => end === undefined)) return format ? `${type} (${format})` : type;
  const unit = type === 'string' ? ' characters' : '';
  return `${type}, ${range.map((end) => end ?? '…').join(' to ')}${unit}`;
}
