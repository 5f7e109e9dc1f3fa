create table jobs_stores (
    job_id varchar(255) not null references jobs, store_name varchar(255) not null references stores);
