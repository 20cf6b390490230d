import { migrate } from './lib/migrate.ts';

if (process.argv.includes('--help')) {
  console.log(`Usage: DATABASE_ADMIN_URL=postgres://... npm run migrate

Applies the migrations that are missing, each in its own transaction. The role has to be allowed to create roles, extensions
and schemas; the functions themselves never use it.`);
  process.exit(0);
}
const url = process.env['DATABASE_ADMIN_URL'];
if (!url || !URL.canParse(url)) {
  console.error('DATABASE_ADMIN_URL is missing or is not a URL such as postgres://postgres@127.0.0.1:5432/headhunter');
  process.exit(2);
}
const applied = await migrate(url);
console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply');
