insert into projects select 'default', false where not exists (select from projects where name = 'default');
