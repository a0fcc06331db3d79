import { DiscoveryService } from '@nestjs/core';

export interface Discovered<Meta> {
  readonly meta: Meta;
  /** `Class.method`, for messages and as a stable name. */
  readonly name: string;
  readonly invoke: (...args: unknown[]) => Promise<unknown>;
}

/** A method decorator that notes `Meta` on its class, and the search that finds all such methods of all providers. */
export function methodMarker<Meta>(label: string) {
  const key = Symbol(label);
  const mark =
    (meta: Meta): MethodDecorator =>
    (target, method) => {
      const notes =
        (Reflect.getOwnMetadata(key, target.constructor) as [PropertyKey, Meta][] | undefined) ?? [];
      Reflect.defineMetadata(key, [...notes, [method, meta]], target.constructor);
    };
  const find = (discovery: DiscoveryService): Discovered<Meta>[] =>
    discovery.getProviders().flatMap((wrapper) => {
      const instance = wrapper.instance as
        Record<PropertyKey, (...args: unknown[]) => Promise<unknown>> | undefined;
      if (!instance || typeof instance !== 'object') return [];
      const notes = Reflect.getMetadata(key, instance.constructor) as [PropertyKey, Meta][] | undefined;
      return (notes ?? []).map(([method, meta]) => ({
        meta,
        name: `${instance.constructor.name}.${String(method)}`,
        invoke: (...args: unknown[]) => instance[method]!(...args),
      }));
    });
  return { mark, find };
}
