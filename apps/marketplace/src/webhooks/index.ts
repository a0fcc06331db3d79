export { AccountWebhooksModule } from './account-webhooks/account-webhooks.module.js';
export { DoorServer } from './door-server.js';
export { PaymentWebhooksModule } from './payment-webhooks/payment-webhooks.module.js';
