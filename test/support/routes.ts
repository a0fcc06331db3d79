import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../../apps/marketplace/src/auth/access.js';
import type { World } from './world.js';

type Class = abstract new (...args: never[]) => object;

/** One route of the running program, with what its decorators say. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** `/seller/:sellerId/orders` */
  readonly path: string;
  readonly access: Access;
  /** The classes that its body and query are validated by; null where the handler takes them as they are. */
  readonly body: Class | null;
  readonly query: Class | null;
}

/** Nest's own numbers and keys: RequestMethod, RouteParamtypes and where @Get(), @Body() leave what they were told. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;
const BODY = '3';
const QUERY = '4';

/** The routes of all controllers. */
export function routesOf(world: World): Route[] {
  const scanner = new MetadataScanner();
  return world.web
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as (new () => object) | null;
      if (!controller) return [];
      const prototype = controller.prototype as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .flatMap((name) => routesOfMethod(controller, name, prototype[name]!));
    });
}

function routesOfMethod(controller: new () => object, name: string, handler: object): Route[] {
  const method = METHODS[Reflect.getMetadata('method', handler) as number];
  if (!method) return [];
  const paths = (from: object) => [Reflect.getMetadata('path', from) as string | string[]].flat();
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ??
    []) as Class[];
  const args = (Reflect.getMetadata('__routeArguments__', controller, name) ?? {}) as Record<
    string,
    { index: number }
  >;
  const classOf = (kind: string) => {
    const found = Object.entries(args).find(([key]) => key.startsWith(`${kind}:`));
    const type = found && types[found[1].index];
    return type && type !== Object && type !== String ? type : null;
  };
  return paths(controller).flatMap((base) =>
    paths(handler).map((rest) => ({
      method,
      path: `/${[base, rest]
        .map((part) => part.replace(/^\/|\/$/g, ''))
        .filter(Boolean)
        .join('/')}`,
      access: accessOf(handler, controller)!,
      body: classOf(BODY),
      query: classOf(QUERY),
    })),
  );
}

/** `METHOD path` of everything that Fastify answers to, from its own table. */
export function routeTable(world: World): string[] {
  const server = world.web.getHttpAdapter().getInstance() as FastifyInstance;
  const branch: string[] = [];
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^((?:│ {3}| {4})*)(?:├── |└── |│ {3})?(\S.*?) \(([A-Z, ]+)\)$/.exec(line);
      const part = /^((?:│ {3}| {4})*)[├└]── (\S*)/.exec(line);
      if (part) {
        branch.length = part[1]!.length / 4;
        branch.push(part[2]!);
      }
      if (!found) return [];
      return found[3]!
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${branch.join('')}`);
    });
}
