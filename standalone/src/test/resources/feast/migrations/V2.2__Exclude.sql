update stores set subscriptions = subscriptions || ':false' where cardinality(string_to_array(subscriptions, ':')) = 2;
