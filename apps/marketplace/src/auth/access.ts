import 'reflect-metadata';
import { InvariantError } from '#kernel';

/** Who may call a route. `session` is for what an API key must not do: keys, passwords, closing the account. */
export type Access = 'public' | 'signed_in' | 'session' | 'admin' | 'seller';

const ACCESS = Symbol('access');

function access(value: Access): ClassDecorator & MethodDecorator {
  return (target: object, _method?: PropertyKey, descriptor?: PropertyDescriptor) => {
    const place = (descriptor?.value ?? target) as object;
    if (Reflect.hasOwnMetadata(ACCESS, place))
      throw new InvariantError('a route has one access rule, this one has two');
    Reflect.defineMetadata(ACCESS, value, place);
  };
}

/** Everybody, signed in or not. */
export const Public = () => access('public');
/** Every signed-in person; `{ session: true }` refuses API keys. */
export const SignedIn = (options: { session?: boolean } = {}) =>
  access(options.session ? 'session' : 'signed_in');
/** Admins of the platform. */
export const AdminOnly = () => access('admin');
/** Members of the shop in the route's `:sellerId`. */
export const SellerMember = () => access('seller');

/** The method's rule, else its controller's; undefined where nobody said. */
export function accessOf(method: object, controller: object): Access | undefined {
  return (Reflect.getOwnMetadata(ACCESS, method) ?? Reflect.getMetadata(ACCESS, controller)) as
    Access | undefined;
}
