import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { targetConstructorToSchema, validationMetadatasToSchemas } from 'class-validator-jsonschema';

export interface Schema {
  readonly properties?: Record<string, object>;
  readonly required?: string[];
}

type Class = new (...args: never[]) => object;

const options = {
  refPointerPrefix: '#/components/schemas/',
  classTransformerMetadataStorage: defaultMetadataStorage,
};

/** Schemas of the classes that our validators check, collected as they are referred to. */
export class SchemaBook {
  private readonly used = new Map<string, Schema>();

  of(type: Class): Schema {
    return targetConstructorToSchema(type, options);
  }

  reference(type: Class): { $ref: string } {
    this.used.set(type.name, { ...this.of(type), ...{ additionalProperties: false } });
    return { $ref: `${options.refPointerPrefix}${type.name}` };
  }

  /** Those referred to, and those that they refer to in turn. */
  all(): Record<string, Schema> {
    const known = validationMetadatasToSchemas(options) as Record<string, Schema>;
    const found = new Map(this.used);
    const queue = [...found.values()];
    for (let next = queue.pop(); next; next = queue.pop()) {
      for (const [, name] of JSON.stringify(next).matchAll(/#\/components\/schemas\/(\w+)/g)) {
        const schema = known[name!];
        if (!schema || found.has(name!)) continue;
        found.set(name!, schema);
        queue.push(schema);
      }
    }
    return Object.fromEntries([...found].sort(([a], [b]) => a.localeCompare(b)));
  }
}

/** RFC 9457. */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: 'Where the code is explained.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; let your program look at this.' },
    detail: { type: 'string', description: 'For people: what to do.' },
    errors: { type: 'object', additionalProperties: { type: 'string' }, description: 'Sentences by field.' },
  },
};
