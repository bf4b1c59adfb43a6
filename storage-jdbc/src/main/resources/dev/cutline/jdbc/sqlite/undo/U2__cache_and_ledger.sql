DROP TABLE cutline_budget_reservations;
DROP TABLE cutline_budget_days;
DROP TABLE cutline_cached_captions;
