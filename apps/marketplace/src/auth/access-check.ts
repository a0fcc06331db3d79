import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { InvariantError } from '#kernel';
import { accessOf } from './access.js';

/** Nest's own keys for what @Controller() and @Get() say. */
const PATH = 'path';
const METHOD = 'method';

/** Start-up fails where a route does not say who may call it, or names a shop's members without a shop. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const problems = this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as (new () => object) | null;
      return controller ? problemsOf(controller, this.scanner) : [];
    });
    if (problems.length > 0) throw new InvariantError(problems.join('; '));
  }
}

export function problemsOf(controller: new () => object, scanner: MetadataScanner): string[] {
  const prototype = controller.prototype as Record<string, object>;
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = Reflect.getMetadata(METHOD, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const place = `${controller.name}.${name}`;
    const access = accessOf(handler, controller);
    if (!access)
      return [
        `${place} says nowhere who may call it: add @Public(), @SignedIn(), @AdminOnly() or @SellerMember()`,
      ];
    const path = [controller, handler]
      .flatMap((part) => Reflect.getMetadata(PATH, part) as string | string[])
      .join('/');
    if (access === 'seller' && !/:sellerId\b/.test(path))
      return [`${place} is for a shop's members, but its path has no :sellerId`];
    return [];
  });
}
