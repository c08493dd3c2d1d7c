#!/usr/bin/env bash
# Copies every store that cannot be rebuilt, while the bot runs, and checks the copy. Run it daily; keep the copies on another machine, encrypted.
#   deploy/backup.sh FOLDER                                      records.db of /var/lib/paralegalbot/data (DATA overrides the folder)
#   RECORDS_CONNECTION='postgresql://…' deploy/backup.sh FOLDER  records in PostgreSQL
# Statutes and the Qdrant index can be built again from the laws' files; copying them only saves time (statutes.db is copied where it is there;
# for Qdrant: paralegal index snapshot).
set -euo pipefail
folder=${1:?name the folder for the copies}
data=${DATA:-/var/lib/paralegalbot/data}
stamp=$(date -u +%Y%m%dT%H%M%SZ)
umask 077
mkdir -p "$folder"

if [ -n "${RECORDS_CONNECTION:-}" ]; then
  copy=$folder/records-$stamp.dump
  "${PG_DUMP:-pg_dump}" --format=custom --no-owner --dbname="$RECORDS_CONNECTION" --file="$copy.part"
  "${PG_RESTORE:-pg_restore}" --list "$copy.part" >/dev/null
  mv "$copy.part" "$copy"
  echo "$copy"
fi

for store in records statutes; do
  [ -e "$data/$store.db" ] || continue
  copy=$folder/$store-$stamp.db
  # One consistent state, the write-ahead log included; the bot goes on writing.
  sqlite3 "$data/$store.db" ".timeout 60000" "VACUUM INTO '$copy.part'"
  [ "$(sqlite3 "$copy.part" 'PRAGMA integrity_check')" = ok ] || { echo "The copy of $store.db is damaged." >&2; exit 1; }
  mv "$copy.part" "$copy"
  echo "$copy"
done
