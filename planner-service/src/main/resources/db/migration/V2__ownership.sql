-- Which Upstep this database makes: leases remember it, so that two of them never work on one installation.
create table identity (
    only_one boolean primary key default true check (only_one),
    id       uuid    not null default gen_random_uuid()
);
insert into identity default values;
update plan set state = jsonb_set(state, '{planner}', to_jsonb((select id::text from identity)));

-- What keeps a plan that is not over from being forgotten (io.upstep.planner.plan.Hold); null in one that is over.
alter table plan add column hold text;
update plan set hold = case when status in ('PLANNED', 'PAUSED') then 'GATE' when wake_at is not null then 'TIMER' end
where active;
create index plan_hold on plan (hold) where active;

-- A relay that is at a message says until when; after that any other may take it.
comment on column outbox.not_before is 'nobody else publishes it, or those of its plan that come after it, before then';
