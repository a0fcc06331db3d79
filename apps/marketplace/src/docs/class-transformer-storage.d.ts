/** class-transformer ships this file without types beside it; class-validator-jsonschema asks for it to follow nested classes. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: import('class-transformer/types/MetadataStorage.js').MetadataStorage;
}
