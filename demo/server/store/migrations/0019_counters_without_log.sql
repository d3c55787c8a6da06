-- Counting a request must not wait for the disk: all requests of a caller count in one row, one after the other. Counters survive a stop
-- and a kill of the API as before; when PostgreSQL itself crashes they begin anew, which is a window of a few seconds.
alter table rate_counters set unlogged;
