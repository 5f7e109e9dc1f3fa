alter table jobs_feature_sets add column version int default 0, add column delivery_status varchar(255);
alter table feature_sets add column version int default 0;
update feature_sets set version = 1;
create table feature_statistics (
    id int not null, count bigint not null, feature_id bigint,
    constraint feature_statistics_pkey primary key (id),
    foreign key (feature_id) references features);
create index idx_feature_statistics_feature on public.feature_statistics (feature_id);
alter table feature_sets drop constraint fk2di8f74x6wir076hrfbyi1qfh;
alter table jobs drop constraint fkhkfwvhc2gei0wqw5h4mfvsy9f;
alter table sources drop constraint sources_pkey;
alter table sources alter column id drop not null;
alter table sources add column pk serial primary key;
alter table sources add column config varchar(255);
alter table feature_sets add column source_id int;
alter table feature_sets add constraint feature_sets_to_sources_fkey foreign key (source_id) references sources (pk);
alter table jobs add column source_type varchar(255), add column source_config varchar(255);
create temporary table own on commit drop as
    select f.id as pk, s.type, s.topics, s.bootstrap_servers, s.is_default
    from feature_sets f join sources s on s.id = f.source;
delete from sources;
insert into sources (pk, type, topics, bootstrap_servers, is_default) select * from own;
update feature_sets set source_id = id;
