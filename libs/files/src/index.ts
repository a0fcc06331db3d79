export { Files, fileUrl, MAX_PICTURE_BYTES, type StoredFile } from './files.js';
export { FilesModule } from './files.module.js';
