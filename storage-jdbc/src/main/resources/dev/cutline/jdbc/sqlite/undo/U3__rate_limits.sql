DROP TABLE cutline_rate_limits;
