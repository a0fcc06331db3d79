// AuthModule stands apart (auth.module.ts): its pages import http, whose own routes import these decorators.
export { AdminOnly, Public, SellerMember, SignedIn } from './access.js';
export { networkOf } from './network.js';
export { hostCookie } from './session-cookie.js';
