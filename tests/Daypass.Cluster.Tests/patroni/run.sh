#!/usr/bin/env bash
# run.sh SECONDS: two PostgreSQL servers under Debian's patroni and etcd on this machine, one the other's synchronous standby, for failovers by
# hand. As root (PostgreSQL then runs as postgres). Needs: apt-get install patroni etcd-server python3-etcd postgresql.
# Prints the connection string for --store, then waits. Kill the leader with what it prints, and see the other one take over.
set -euo pipefail
seconds=${1:-600}
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
folder=$(mktemp -d /tmp/daypass-patroni-XXXXXX)
chown postgres "$folder"
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
# All of them have the folder in their command lines, and nobody else has.
stop() { pkill -TERM -f "$folder" || true; sleep 4; pkill -KILL -f "$folder" || true; rm -rf "$folder"; }
trap stop EXIT

as etcd --data-dir "$folder/etcd" --listen-client-urls http://127.0.0.1:23790 --advertise-client-urls http://127.0.0.1:23790 \
  --listen-peer-urls http://127.0.0.1:23800 --initial-advertise-peer-urls http://127.0.0.1:23800 --initial-cluster default=http://127.0.0.1:23800 >"$folder/etcd.log" 2>&1 &

for n in 1 2; do
  cat >"$folder/p$n.yml" <<YAML
scope: daypass
name: p$n
restapi: { listen: "127.0.0.1:2380$n", connect_address: "127.0.0.1:2380$n" }
etcd3: { hosts: "127.0.0.1:23790" }
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 1
    retry_timeout: 3
    synchronous_mode: true
    postgresql: { use_pg_rewind: true, parameters: { wal_log_hints: "on" } }
  initdb: [ { encoding: UTF8 }, no-locale, { auth: trust } ]
  pg_hba: [ "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust" ]
postgresql:
  listen: "127.0.0.1:2543$n"
  connect_address: "127.0.0.1:2543$n"
  data_dir: $folder/data$n
  bin_dir: $programs
  pgpass: $folder/pgpass$n
  authentication: { superuser: { username: postgres }, replication: { username: replicator } }
  parameters: { unix_socket_directories: "", max_connections: 200 }
YAML
  as patroni "$folder/p$n.yml" >"$folder/p$n.log" 2>&1 &
done

psql() { as "$programs/psql" -X -q -A -t -h 127.0.0.1 -U postgres -d postgres "$@"; }
for _ in $(seq 100); do
  sleep 0.5
  [ "$(psql -p 25431 -c "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'" 2>/dev/null)" = 1 ] && leader=1 && break
  [ "$(psql -p 25432 -c "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'" 2>/dev/null)" = 1 ] && leader=2 && break
done
[ -n "${leader:-}" ] || { echo "No leader with a synchronous standby; the logs are:"; tail -n 5 "$folder"/*.log; exit 1; }
psql -p "2543$leader" -c "CREATE DATABASE daypass"
echo "--store 'Host=127.0.0.1:25431,127.0.0.1:25432;Username=postgres;Database=daypass;Target Session Attributes=primary'"
echo "leader: p$leader, patroni $(pgrep -f "patroni $folder/p$leader.yml" | tr '\n' ' ')postgres $(head -n 1 "$folder/data$leader/postmaster.pid")"
echo "folder: $folder"
sleep "$seconds"
