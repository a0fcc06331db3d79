/** The baseline: a bare Fastify that answers a constant of a payment's size. */
import Fastify from 'fastify';

const { PORT, BODY } = process.env;
const app = Fastify();
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, body),
);
app.get('/', async () => 'up');
app.post('/v1/payment_intents', (_request, reply) => reply.type('application/json').send(BODY));
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => process.exit(0));
