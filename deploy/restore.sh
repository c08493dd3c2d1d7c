#!/usr/bin/env bash
# Puts a copy of deploy/backup.sh back. Stop the bot first; afterwards run `paralegal audit verify` and start it.
#   deploy/restore.sh records-….db                                          (also statutes-….db)
#   RECORDS_CONNECTION='postgresql://…/empty_database' deploy/restore.sh records-….dump
# What is there is kept beside it, never overwritten. After a restore carry out the erasures since the copy again: `paralegal audit requests --all`
# of the replaced file names their dates, the persons' own letters name the persons.
set -euo pipefail
copy=${1:?name the copy}
data=${DATA:-/var/lib/paralegalbot/data}
case $(basename "$copy") in
  *.dump) "${PG_RESTORE:-pg_restore}" --no-owner --single-transaction --exit-on-error --dbname="${RECORDS_CONNECTION:?set RECORDS_CONNECTION to an empty database}" "$copy" ;;
  records-*.db | statutes-*.db)
    store=$(basename "$copy"); store=${store%%-*}
    [ "$(sqlite3 "$copy" 'PRAGMA integrity_check')" = ok ] || { echo "That copy is damaged." >&2; exit 1; }
    replaced=$data/$store.replaced-$(date -u +%Y%m%dT%H%M%SZ)
    for part in db db-wal db-shm; do [ ! -e "$data/$store.$part" ] || mv "$data/$store.$part" "$replaced.$part"; done
    cp "$copy" "$data/$store.db"
    ;;
  *) echo "That is no copy of deploy/backup.sh: $copy" >&2; exit 1 ;;
esac
