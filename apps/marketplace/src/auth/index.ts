// AuthModule stands apart (auth.module.ts): its pages import http, whose own routes import these decorators.
export { AdminOnly, Public, SellerMember, SignedIn } from './access.js';
export { CART_COOKIE } from './access.guard.js';
