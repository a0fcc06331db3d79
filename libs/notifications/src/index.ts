export { Mailer, type MailView } from './mailer.service.js';
export { NotificationsModule } from './notifications.module.js';
