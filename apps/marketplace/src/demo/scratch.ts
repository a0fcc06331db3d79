import { StripeRegistry } from '../../../../libs/stripe/src/registry.js';
(StripeRegistry.prototype as unknown as { onApplicationBootstrap(): void }).onApplicationBootstrap = () => {};
