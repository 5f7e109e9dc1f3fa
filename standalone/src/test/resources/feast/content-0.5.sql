insert into projects values ('rides', false), ('food', false);
insert into sources values ('s1', 'kafka:9092', true, 'feast', 'KAFKA'), ('s2', 'kafka:9092', false, 'other', 'KAFKA'), ('unused', 'k', false, 'u', 'KAFKA');
insert into stores values
    ('online', lo_from_bytea(0, 'redis at redis:6379'), 'rides:*,food:*', 'REDIS'),
    ('one', lo_from_bytea(0, 'one more'), '*:*', 'REDIS'),
    ('batch', lo_from_bytea(0, 'bigquery'), 'rides:drivers:false', 'BIGQUERY'),
    ('deaf', lo_from_bytea(0, 'hears nothing'), null, 'REDIS');
insert into feature_sets
    select nextval('hibernate_sequence'), now(), now(), '{}', 0, 'set_' || n, 'STATUS_READY', case n % 2 when 0 then 'rides' else 'food' end,
    case n % 3 when 0 then 's2' else 's1' end from generate_series(1, 40) n;
insert into entities select nextval('hibernate_sequence'), 'key', 'INT64', id from feature_sets;
insert into features select nextval('hibernate_sequence'), false, 'value_' || n, 'FLOAT', '{}', null, id from feature_sets, generate_series(1, 3) n;
insert into jobs select 'job-' || n, now(), now(), 'ext', 'DirectRunner', 'COMPLETED', 's1', 'online' from generate_series(1, 2) n;
insert into jobs_feature_sets select 'job-' || (id % 2 + 1), id from feature_sets;
