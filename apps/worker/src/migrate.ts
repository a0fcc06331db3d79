import 'reflect-metadata';
import { migrate, StartupError } from '#platform';

try {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new StartupError('DATABASE_URL is missing: name the PostgreSQL database to migrate.');
  const applied = await migrate(url);
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.length} migrations.\n`,
  );
} catch (error) {
  process.stderr.write(`${error instanceof StartupError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
