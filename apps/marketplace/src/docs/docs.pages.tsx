import { Controller, Get, Header } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ErrorKind } from '#kernel';
import { Public } from '../auth/index.js';
import { PageFrame, type PageFrameData } from '../http/index.js';
import { ButtonLink, Card, PageHead, Shell, Stack, Table } from '../ui/index.js';
import { ApiDocument } from './api-document.js';
import { ApiReference } from './docs.views.js';
import { codes, kinds } from './error-codes.js';

/** What a programmer reads: every route, and every code that an error can carry. */
@Public()
@Controller()
export class DocsPages {
  constructor(private readonly document: ApiDocument) {}

  @Get('api/v1/openapi.json')
  @Header('access-control-allow-origin', '*')
  json(): Promise<OpenAPIObject> {
    return this.document.get();
  }

  @Get('api/docs')
  async api(@PageFrame() frame: PageFrameData) {
    return <ApiReference frame={frame} document={await this.document.get()} />;
  }

  @Get('docs/errors')
  errors(@PageFrame() frame: PageFrameData) {
    return <ErrorsPage frame={frame} />;
  }
}

const ErrorsPage = ({ frame }: { frame: PageFrameData }) => (
  <Shell {...frame} title="Error codes" wide>
    <Stack>
      <PageHead
        title="Error codes"
        lead="Every refusal is application/problem+json with type, title, status, code and detail. The code is stable: let your program look at it; the detail is for people."
        action={<ButtonLink href="/api/docs">All routes</ButtonLink>}
      />
      {(Object.keys(kinds) as ErrorKind[]).map((kind) => (
        <Card key={kind} title={`${kinds[kind].status} ${titleOf(kind)}`} subtitle={kinds[kind].when} flush>
          <Table
            caption={`Codes with status ${kinds[kind].status}`}
            hideCaption
            rows={Object.entries(codes[kind])}
            keyOf={([code]) => code}
            columns={[
              { header: 'Code', rowHeader: true, cell: ([code]) => <code id={code}>{code}</code> },
              { header: 'What it means', cell: ([, words]) => words },
            ]}
          />
        </Card>
      ))}
    </Stack>
  </Shell>
);

/** `too_many` → "too many". */
function titleOf(kind: ErrorKind): string {
  return kind.replaceAll('_', ' ');
}
