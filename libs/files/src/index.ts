export { Files, fileUrl } from './files.js';
export { FilesModule } from './files.module.js';
