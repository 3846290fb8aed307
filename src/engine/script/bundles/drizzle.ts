/** Drizzle ORM for PostgreSQL as published; the driver below it is that of the bundle pg. */
import * as orm from 'drizzle-orm';
import * as nodePostgres from 'drizzle-orm/node-postgres';
import * as pgCore from 'drizzle-orm/pg-core';

export const modules = {
  'drizzle-orm': orm,
  'drizzle-orm/node-postgres': nodePostgres,
  'drizzle-orm/pg-core': pgCore,
};
