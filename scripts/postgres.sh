# Sourced by the other scripts: finds PostgreSQL installations and runs
# throwaway servers, as an unprivileged user where this one is root.

# pg_installations prints "MAJOR BIN" for each PostgreSQL found with a server
# in it, oldest first, one a major version. PGMATRIX names a folder that holds
# one per version (VERSION/bin).
pg_installations() {
    local bin major top
    top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
    {
        if [[ -n ${PGMATRIX:-} ]]; then
            printf '%s\n' "$PGMATRIX"/*/bin
        elif [[ -x $top/../shared/bin/pg-matrix ]]; then
            "$top/../shared/bin/pg-matrix" --list | sed 's/: .*//'
        fi
        printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin
        dirname "$(readlink -f "$(command -v postgres || echo /nowhere/postgres)")"
    } | while read -r bin; do
        [[ -x $bin/postgres && -x $bin/initdb && -x $bin/pg_dump && -x $bin/pg_ctl ]] || continue
        major=$("$bin/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
        echo "$major $bin"
    done | sort -n -s -k1,1 -u
}

# pg_user prints who runs servers: this user, or an unprivileged one for root.
pg_user() {
    if [[ $(id -u) != 0 ]]; then id -un
    elif id -u postgres >/dev/null 2>&1; then echo postgres
    else echo nobody
    fi
}

# as_pg_user COMMAND...
as_pg_user() {
    if [[ $(id -u) != 0 ]]; then "$@"
    elif command -v setpriv >/dev/null; then
        setpriv --reuid="$(pg_user)" --regid="$(id -g "$(pg_user)")" --clear-groups -- "$@"
    else su -s /bin/sh "$(pg_user)" -c 'exec "$0" "$@"' -- "$@"
    fi
}

# pg_start BIN FOLDER PORT makes a cluster in FOLDER/data and starts it with
# its socket in FOLDER, which must be the server user's own.
pg_start() {
    local bin=$1 folder=$2 port=$3
    as_pg_user "$bin/initdb" -D "$folder/data" -U postgres -A trust -N --locale=C --encoding=UTF8 >"$folder/initdb.log" 2>&1 ||
        { cat "$folder/initdb.log" >&2; return 1; }
    as_pg_user "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w start >/dev/null \
        -o "-c fsync=off -c listen_addresses= -c port=$port -c unix_socket_directories='$folder' -c wal_level=logical" ||
        { cat "$folder/server.log" >&2; return 1; }
}

# pg_stop BIN FOLDER
pg_stop() {
    [[ ! -e $2/data/postmaster.pid ]] || as_pg_user "$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null
}
