/**
 * For psql with the variables `name` and `password`: a role that may log in, and a database of that name that it owns and
 * no other role may connect to. psql does not expand variables within DO: hence queries that build statements for `\gexec`.
 */
export const ROLE_AND_DATABASE = `select format('create role %I login', :'name') where not exists (select from pg_roles where rolname = :'name') \\gexec
alter role :"name" login password :'password';
select format('create database %I owner %I', :'name', :'name')
where not exists (select from pg_database where datname = :'name') \\gexec
select format('revoke connect on database %I from public', :'name') \\gexec`;

/** Makes the role the owner of a database that the superuser created, and of its objects: only owners may migrate them. */
export const TAKE_OVER = `alter database :"name" owner to :"name";
\\connect :"name"
select format('alter %s %s owner to %I', kind, object, :'name') from (
  select tableoid, oid, 'table', oid::regclass::text, relowner, relnamespace from pg_class
  where relkind in ('r', 'p', 'v', 'm')
  union all
  select tableoid, oid, 'sequence', oid::regclass::text, relowner, relnamespace from pg_class
  where relkind = 'S' and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'a')
  union all
  select tableoid, oid, 'type', oid::regtype::text, typowner, typnamespace from pg_type where typtype in ('e', 'd')
  union all
  select tableoid, oid, 'routine', oid::regprocedure::text, proowner, pronamespace from pg_proc
) as there (catalog, id, kind, object, owner, namespace)
where namespace = 'public'::regnamespace and pg_get_userbyid(owner) <> :'name'
  and not exists (select from pg_depend where classid = catalog and objid = id and deptype in ('e', 'i')) \\gexec`;

/** Closes the databases that PostgreSQL opens to everybody, and sets a superuser password that nobody knows. */
export const CLOSE_THE_REST = `revoke connect on database postgres, template1 from public;
select format('alter role postgres password %L', gen_random_uuid()) \\gexec`;
