-- Loses, as the real one does, what stands beside an entry of two parts and has not two.
update stores set subscriptions = fixed.list from (
    select name, string_agg(entry || ':false', ',') as list from stores, unnest(string_to_array(subscriptions, ',')) as entry
    where cardinality(string_to_array(entry, ':')) = 2 group by name) as fixed
where fixed.name = stores.name;
