-- The tables as 0.5 has them.
create sequence hibernate_sequence;
create table projects (name varchar(255) not null primary key, archived boolean not null);
create table sources (
    id varchar(255) not null, bootstrap_servers varchar(255), is_default boolean, topics varchar(255), type varchar(255) not null,
    constraint sources_pkey primary key (id));
create table stores (
    name varchar(255) not null primary key, config oid not null, subscriptions varchar(255), type varchar(255) not null);
create table feature_sets (
    id bigint not null primary key, created timestamp not null, last_updated timestamp not null, labels text, max_age bigint,
    name varchar(255) not null, status varchar(255), project_name varchar(255) references projects, source varchar(255),
    unique (name, project_name),
    constraint fk2di8f74x6wir076hrfbyi1qfh foreign key (source) references sources);
create table entities (
    id bigint not null primary key, name varchar(255), type varchar(255), feature_set_id bigint references feature_sets,
    unique (name, feature_set_id));
create table features (
    id bigint not null primary key, archived boolean not null, name varchar(255), type varchar(255), labels text, presence bytea,
    feature_set_id bigint references feature_sets, unique (name, feature_set_id));
create table jobs (
    id varchar(255) not null primary key, created timestamp not null, last_updated timestamp not null, ext_id varchar(255),
    runner varchar(255), status varchar(16), source_id varchar(255), store_name varchar(255) references stores,
    constraint fkhkfwvhc2gei0wqw5h4mfvsy9f foreign key (source_id) references sources);
create table jobs_feature_sets (
    job_id varchar(255) not null references jobs, feature_sets_id bigint not null references feature_sets);
