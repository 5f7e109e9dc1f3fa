-- What the planner knows. Read and written by io.upstep.planner.store only.

create sequence plan_number;

create table plan (
    id          uuid        primary key,
    number      bigint      not null unique,
    platform    text        not null,
    cluster     text        not null,
    namespace   text        not null,
    release     text        not null,
    status      text        not null,
    active      boolean     not null,
    epoch       bigint      not null,
    wake_at     timestamptz,
    journal_seq bigint      not null,
    version     bigint      not null,
    state       jsonb       not null
);

comment on column plan.state is 'the whole plan; the other columns repeat what is searched for';
comment on column plan.journal_seq is 'the number of its last journal entry';

-- One installation has one owner: two plans that are not over cannot share it, whatever the code does.
create unique index plan_active on plan (cluster, namespace, release) where active;
create index plan_installation on plan (cluster, namespace, release, epoch);
create index plan_status on plan (status, number);
create index plan_wake on plan (wake_at) where wake_at is not null;

-- One row, locked by every transaction that writes to the journal, as the last thing before it commits. So positions are
-- given out in the order of commits, and a reader that has seen position n will never be shown a lower one.
create table journal_head (
    only_one boolean primary key default true check (only_one),
    position bigint  not null
);
insert into journal_head (position) values (0);

create table journal (
    position bigint      primary key,
    plan_id  uuid        not null references plan,
    seq      bigint      not null,
    at       timestamptz not null,
    type     text        not null,
    actor    text        not null,
    data     jsonb       not null,
    unique (plan_id, seq)
);

-- Messages that belong to committed decisions and that the broker has not yet confirmed.
create table outbox (
    id         bigint generated always as identity primary key,
    plan_id    uuid        not null,
    event_id   text        not null,
    type       text        not null,
    cluster    text,
    payload    text        not null,
    created_at timestamptz not null,
    tries      int         not null default 0,
    not_before timestamptz
);
create index outbox_plan on outbox (plan_id, id);

create table idempotency (
    actor      text        not null,
    key        text        not null,
    plan_id    uuid        not null,
    submission jsonb       not null,
    created_at timestamptz not null,
    primary key (actor, key)
);
create index idempotency_age on idempotency (created_at);

create table worker (
    id      text        primary key,
    said    jsonb       not null,
    seen_at timestamptz not null
);
