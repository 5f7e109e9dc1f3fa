-- An example for the fingerprint of a database; what comes of it is in fingerprint-example.json.
create schema "Odd Names";
create table public.customer (
    id serial primary key, name text, balance numeric(12, 2), weight float8, seen timestamptz, age interval, photo bytea);
insert into public.customer (name, balance, weight, seen, age, photo) values
    ('Ada', 12.50, 0.1, '2026-11-20 12:00:00+02', '1 day 02:03:04', '\xdeadbeef'),
    ('Grüße', -3, 1e-7, '1999-12-31 23:59:59.123456+00', '-1 mon', ''),
    (null, null, 'NaN', null, null, null);
create table "Odd Names"."a table ""quoted""" (t text);
insert into "Odd Names"."a table ""quoted""" values ('its column is called as the alias is');
create table public.two_columns (t text, more text);
insert into public.two_columns values ('the same', 'one'), ('the same', 'other');
create table public.empty (id int);
create table public.many (n int);
insert into public.many select generate_series(1, 1500);
create table public.parted (n int) partition by range (n);
create table public.parted_low partition of public.parted for values from (0) to (10);
create table public.parted_high partition of public.parted for values from (10) to (20);
insert into public.parted values (1), (2), (11);
create table public.parent (n int);
create table public.child () inherits (public.parent);
insert into public.parent values (1);
insert into public.child values (2), (3);
create sequence "Odd Names".untouched;
create sequence public.counted increment by -2;
select nextval('public.counted'), nextval('public.counted');
create table public.django_migrations (id serial primary key, app text not null, name text not null, applied timestamptz);
insert into public.django_migrations (app, name, applied) values
    ('db', '0002_second', '2020-01-01 00:00:00+00'),
    ('db', '0001_initial', '2020-01-01 00:00:00+00'),
    ('Auth', '0001_initial', '2020-01-01 00:00:00+00');
create table public.flyway_schema_history (
    installed_rank int primary key, version varchar(50), description varchar(200), checksum int, success boolean not null);
insert into public.flyway_schema_history values
    (1, '1', '<< Flyway Baseline >>', null, true), (2, '10', 'ten', -17, true), (3, '2', 'two', 5, false),
    (4, null, 'repeatable', 99, true);
create schema upstep;
create table upstep.fence (installation text);
insert into upstep.fence values ('not counted');
create view public.seen as select * from public.customer;
select lo_from_bytea(50001, '\x0102'), lo_from_bytea(50002, ''), lo_from_bytea(50003, '\x68656c6c6f');
