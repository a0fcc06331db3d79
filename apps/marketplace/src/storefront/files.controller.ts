import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Files } from '#files';
import { Public } from '../auth/index.js';

/** Pictures. What is behind an address never changes, so every cache may keep it. */
@Public()
@Controller('files')
export class FilesController {
  constructor(private readonly files: Files) {}

  @Get(':fileId')
  async read(
    @Param('fileId') fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { contentType, bytes } = await this.files.read(fileId);
    reply
      .type(contentType)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', 'inline')
      // A picture opened on its own is no page: it loads nothing and runs nothing.
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return bytes;
  }
}
