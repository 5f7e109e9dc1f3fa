-- The tables as 0.4 has them: feature sets have keys of text, with their versions in them.
create sequence hibernate_sequence;
create table projects (name varchar(255) not null primary key, archived boolean not null);
create table sources (
    id varchar(255) not null primary key, bootstrap_servers varchar(255), is_default boolean, topics varchar(255), type varchar(255) not null);
create table stores (
    name varchar(255) not null primary key, config oid not null, subscriptions varchar(255), type varchar(255) not null);
create table feature_sets (
    id varchar(255) not null primary key, created timestamp not null, last_updated timestamp not null, labels text, max_age bigint,
    name varchar(255) not null, status varchar(255), project_name varchar(255) references projects, source varchar(255) references sources,
    version int);
create table entities (feature_set_id varchar(255) not null references feature_sets, name varchar(255), type varchar(255));
create table features (feature_set_id varchar(255) not null references feature_sets, name varchar(255), type varchar(255));
create table jobs (
    id varchar(255) not null primary key, created timestamp not null, last_updated timestamp not null, ext_id varchar(255),
    runner varchar(255), status varchar(16), source_id varchar(255) references sources, store_name varchar(255) references stores);
create table jobs_feature_sets (job_id varchar(255) not null references jobs, feature_sets_id varchar(255) not null references feature_sets);
create table metrics (id bigint not null primary key, created timestamp not null, last_updated timestamp not null, name varchar(255), value double precision, job_id varchar(255) references jobs);
