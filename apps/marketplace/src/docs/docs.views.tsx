import type { OpenAPIObject } from '@nestjs/swagger';
import type { PageFrameData } from '../http/index.js';
import { ButtonLink, Card, PageHead, Shell, Stack, Table } from '../ui/index.js';
import { answerOf, fieldsOf, routesOf, type FieldRow, type RouteView } from './reference.rules.js';

/** The OpenAPI document for people: by subject, each route with what it takes and answers. */
export const ApiReference = ({ frame, document }: { frame: PageFrameData; document: OpenAPIObject }) => {
  const groups = [...Map.groupBy(routesOf(document), ({ tag }) => tag)].sort(([a], [b]) =>
    a.localeCompare(b),
  );
  return (
    <Shell {...frame} title="API" wide>
      <Stack>
        <PageHead
          title="API"
          lead={document.info.description}
          action={
            <ButtonLink href="/api/v1/openapi.json" icon="download">
              OpenAPI document
            </ButtonLink>
          }
        />
        <Card title="In short">
          <div class="prose">
            <p>
              Send JSON and an API key from your account page: <code>Authorization: Bearer gh_…</code>.
              Unknown fields are refused. Amounts are objects with <code>amount</code> in whole minor units
              and <code>currency</code> in lower case; times are ISO 8601 in UTC.
            </p>
            <p>
              Lists answer <code>items</code>, <code>next</code> and <code>previous</code>; send one of the
              two back as <code>cursor</code>. What creates takes an <code>Idempotency-Key</code>, so that it
              is safe to repeat. Refusals are problem+json with <a href="/docs/errors">stable codes</a>.
            </p>
            <ul>
              {groups.map(([tag, routes]) => (
                <li key={tag}>
                  <a href={`#${anchorOf(tag)}`}>{tag}</a>, {routes.length}{' '}
                  {routes.length === 1 ? 'route' : 'routes'}
                </li>
              ))}
            </ul>
          </div>
        </Card>
        {groups.map(([tag, routes]) => (
          <Card key={tag} title={tag}>
            <div id={anchorOf(tag)}>
              {routes.map((route) => (
                <Route key={route.id} route={route} document={document} />
              ))}
            </div>
          </Card>
        ))}
      </Stack>
    </Shell>
  );
};

const Route = ({ route, document }: { route: RouteView; document: OpenAPIObject }) => {
  const fields = fieldsOf(route, document);
  return (
    <details>
      <summary>
        <code>
          {route.method} {route.path}
        </code>{' '}
        <span class="muted">{route.access}</span>
      </summary>
      <Table
        caption={`What ${route.method} ${route.path} takes`}
        hideCaption
        rows={fields}
        keyOf={({ where, name }) => `${where} ${name}`}
        empty={<p class="muted">It takes nothing.</p>}
        columns={[
          { header: 'Name', rowHeader: true, cell: ({ name }) => <code>{name}</code> },
          { header: 'In', cell: ({ where }) => where },
          { header: 'Type', cell: ({ type }: FieldRow) => type },
          { header: 'Needed', cell: ({ required }) => (required ? 'Yes' : 'No') },
        ]}
      />
      <Table
        caption={`What ${route.method} ${route.path} answers`}
        hideCaption
        rows={answerOf(route, document)}
        keyOf={({ name }) => name}
        empty={<p class="muted">It answers without a body.</p>}
        columns={[
          { header: 'It answers', rowHeader: true, cell: ({ name }) => <code>{name}</code> },
          { header: 'Type', cell: ({ type }) => type },
        ]}
      />
    </details>
  );
};

function anchorOf(tag: string): string {
  return tag.replace(/\W+/g, '-');
}
