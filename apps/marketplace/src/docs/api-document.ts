import 'reflect-metadata';
import { Injectable } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { DiscoveryService } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { InvariantError } from '#kernel';
import { type Access, accessOf } from '../auth/access.js';
import { answers, answerSchemas } from './answers.generated.js';
import { problemSchema, SchemaBook, type Schema } from './schemas.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Class = new (...args: never[]) => object;

interface Handler {
  readonly body: Class | null;
  readonly query: Class | null;
  readonly access: Access | undefined;
  readonly takesKey: boolean;
}

const PREFIX = '/api/v1/';

const accessWords: Record<Access, string> = {
  public: 'For everybody, signed in or not.',
  signed_in: 'For every signed-in person.',
  session: 'For a signed-in person in a browser: an API key can’t do this.',
  admin: 'For admins of the marketplace.',
  seller: 'For the people of the shop in the address.',
};

/** The OpenAPI document: Nest's routes, with what our validators say about bodies and queries. */
@Injectable()
export class ApiDocument {
  private app: NestFastifyApplication | null = null;
  private document: Promise<OpenAPIObject> | null = null;

  constructor(private readonly discovery: DiscoveryService) {}

  /** At start-up: the routes are those of this application. */
  attach(app: NestFastifyApplication): void {
    this.app = app;
  }

  /** Built, and its five hundred modules loaded, when somebody first asks: starting takes no longer. */
  get(): Promise<OpenAPIObject> {
    this.document ??= this.build();
    return this.document;
  }

  private async build(): Promise<OpenAPIObject> {
    const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
    if (!this.app) throw new InvariantError('the application was not attached to its API document');
    const config = new DocumentBuilder()
      .setTitle('Guildhall API')
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .setDescription('Everything that a buyer, a seller or an admin can do here, for programs.')
      .addBearerAuth({ type: 'http', description: 'An API key from your account page, gh_…' }, 'key')
      .build();
    const options = { operationIdFactory: (controller: string, method: string) => `${controller}.${method}` };
    return this.complete(SwaggerModule.createDocument(this.app, config, options));
  }

  private complete(document: OpenAPIObject): OpenAPIObject {
    const handlers = this.handlers();
    const schemas = new SchemaBook();
    const paths: OpenAPIObject['paths'] = {};
    for (const [path, item] of Object.entries(document.paths)) {
      if (!path.startsWith(PREFIX) || path.endsWith('.json')) continue;
      paths[path] = item;
      for (const operation of Object.values(item) as Operation[]) {
        const handler = handlers.get(operation.operationId ?? '');
        if (handler) describe(operation, path, handler, schemas);
      }
    }
    const asked = schemas.all();
    const clash = Object.keys(asked).find((name) => name in answerSchemas);
    if (clash) throw new InvariantError(`${clash} is what one route takes and another answers: rename one`);
    const all = { Problem: problemSchema, ...asked, ...answerSchemas };
    const components = { ...document.components, schemas: all };
    return { ...document, paths, components } as OpenAPIObject;
  }

  /** What each handler takes, by operation id. */
  private handlers(): Map<string, Handler> {
    const found = new Map<string, Handler>();
    for (const { metatype } of this.discovery.getControllers()) {
      const prototype = (metatype as Class | null)?.prototype as Record<string, object> | undefined;
      if (!metatype || !prototype) continue;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const method = Object.getOwnPropertyDescriptor(prototype, name)?.value as object | undefined;
        if (!method || !Reflect.hasMetadata(METHOD_METADATA, method)) continue;
        found.set(`${(metatype as Class).name}.${name}`, handlerOf(metatype as Class, name, method));
      }
    }
    return found;
  }
}

function handlerOf(controller: Class, name: string, method: object): Handler {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
    string,
    { index: number; data?: unknown }
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ??
    []) as Class[];
  const classAt = (kind: RouteParamtypes): Class | null => {
    const key = Object.keys(args).find((one) => one.startsWith(`${kind}:`) && args[one]!.data === undefined);
    const type = key ? types[args[key]!.index] : undefined;
    return type && type !== (Object as unknown as Class) ? type : null;
  };
  const takesKey = Object.entries(args).some(
    ([key, { data }]) => key.startsWith(`${RouteParamtypes.HEADERS}:`) && data === 'idempotency-key',
  );
  return {
    body: classAt(RouteParamtypes.BODY),
    query: classAt(RouteParamtypes.QUERY),
    access: accessOf(method, controller),
    takesKey,
  };
}

function describe(
  operation: Operation,
  path: string,
  { body, query, access, takesKey }: Handler,
  schemas: SchemaBook,
): void {
  operation.tags = [tagOf(path)];
  operation.description = access && accessWords[access];
  if (access && access !== 'public') operation.security = access === 'session' ? [] : [{ key: [] }];
  if (body)
    operation.requestBody = {
      required: true,
      content: { 'application/json': { schema: schemas.reference(body) } },
    };
  const kept = (operation.parameters ?? []).filter((one) => !('in' in one) || one.in === 'path');
  operation.parameters = [
    ...kept,
    ...(query ? queryParameters(schemas.of(query)) : []),
    ...(takesKey ? [keyParameter] : []),
  ];
  for (const [status, response] of Object.entries(operation.responses))
    if (status.startsWith('2')) answered(response as Answered, answers[operation.operationId ?? '']);
  operation.responses['default'] = {
    description: 'What went wrong; see /docs/errors.',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

interface Answered {
  description: string;
  content?: Record<string, { schema: object }>;
}

function answered(response: Answered, schema: object | null | undefined): void {
  response.description = schema ? 'Done.' : 'Done; there is no body.';
  if (schema) response.content = { 'application/json': { schema } };
}

const keyParameter = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: 'The same key answers the same for 24 hours: safe to repeat after a lost connection.',
  schema: { type: 'string', maxLength: 255 },
};

function queryParameters({ properties = {}, required = [] }: Schema) {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    required: required.includes(name),
    schema,
  }));
}

/** /api/v1/admin/orders/… → "admin / orders". */
function tagOf(path: string): string {
  const parts = path
    .slice(PREFIX.length)
    .split('/')
    .filter((part) => !part.startsWith('{'));
  return parts[0] === 'admin' || parts[0] === 'sellers' ? parts.slice(0, 2).join(' / ') : parts[0]!;
}
