import { Ajv } from 'ajv';

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}
interface Operation {
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}
interface Route {
  readonly pattern: RegExp;
  readonly operations: Record<string, Operation>;
}
interface Documentation {
  readonly ajv: Ajv;
  readonly routes: readonly Route[];
}

let read: Promise<Documentation> | null = null;

/** Throws where an answer of the API is not what its documentation says, down to a field that it does not name. */
export async function assertDocumented(
  origin: string,
  { method, path, status, body }: { method: string; path: string; status: number; body: unknown },
): Promise<void> {
  const { pathname } = new URL(path, origin);
  if (!pathname.startsWith('/api/v1/') || pathname.endsWith('.json') || status >= 300) return;
  // Every world of a test process has the same routes.
  const { ajv, routes } = await (read ??= documentation(origin));
  const route = routes.find(
    ({ pattern, operations }) => pattern.test(pathname) && method.toLowerCase() in operations,
  );
  if (!route) throw new Error(`${method} ${pathname} answers ${status}, and no document names it`);
  const schema =
    route.operations[method.toLowerCase()]!.responses[status]?.content?.['application/json']?.schema;
  if (!schema) {
    if (body !== null)
      throw new Error(`${method} ${pathname} answers ${status} with a body that nothing documents`);
    return;
  }
  if (!ajv.validate(schema, body))
    throw new Error(`${method} ${pathname} does not answer what is documented: ${ajv.errorsText()}`);
}

async function documentation(origin: string): Promise<Documentation> {
  const response = await fetch(`${origin}/api/v1/openapi.json`);
  const { paths, components } = strict(await response.json()) as Document;
  // More exact addresses first: /orders/attention before /orders/{orderId}.
  const routes = Object.keys(paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => ({
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      operations: paths[path]!,
    }));
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const [name, schema] of Object.entries(components.schemas))
    ajv.addSchema(schema, `#/components/schemas/${name}`);
  return { ajv, routes };
}

/** What is not named is not answered either. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]): [string, unknown] => [key, strict(one)]);
  const copy = Object.fromEntries(entries);
  return 'properties' in copy && copy['type'] === 'object' ? { additionalProperties: false, ...copy } : copy;
}
