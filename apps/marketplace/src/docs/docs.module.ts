import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ApiDocument } from './api-document.js';
import { DocsPages } from './docs.pages.js';

/** The API's documentation. `ApiDocument.attach` is called once the routes are known. */
@Module({ imports: [DiscoveryModule], controllers: [DocsPages], providers: [ApiDocument] })
export class DocsModule {}
