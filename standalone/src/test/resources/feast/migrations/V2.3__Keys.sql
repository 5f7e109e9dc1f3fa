alter table jobs_feature_sets add constraint jobs_feature_sets_pkey primary key (job_id, feature_sets_id);
alter table jobs_stores add constraint jobs_stores_pkey primary key (job_id, store_name);
