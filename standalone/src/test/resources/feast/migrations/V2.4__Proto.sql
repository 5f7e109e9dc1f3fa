alter table jobs_stores add column store_proto oid not null;
