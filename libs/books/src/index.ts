export { Books } from './books.js';
export { BooksModule } from './books.module.js';
export { Mirror } from './mirror.js';
export type { Prediction } from './predictions.js';
