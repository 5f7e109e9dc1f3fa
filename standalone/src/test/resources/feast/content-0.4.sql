insert into projects values ('rides', false);
insert into sources values ('s1', 'kafka:9092', true, 'feast', 'KAFKA');
insert into stores values ('online', lo_from_bytea(0, 'redis of 0.4'), 'rides:*:*', 'REDIS');
insert into feature_sets values ('rides/drivers:2', now(), now(), '{}', 0, 'drivers', 'STATUS_READY', 'rides', 's1', 2);
insert into entities values ('rides/drivers:2', 'driver_id', 'INT64');
insert into features values ('rides/drivers:2', 'rating', 'FLOAT');
