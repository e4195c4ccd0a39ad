# For what runs in the container of boot.sh: a line a check. Ends with `all_is_well`.
failed=0
check() { # what, command…
    local what=$1
    shift
    if "$@" >/tmp/check.log 2>&1; then echo "ok    $what"
    else echo "FAIL  $what"; failed=$((failed + 1)); tail -15 /tmp/check.log; fi
}
is() { [ "$1" = "$2" ] || { echo "found \"$1\", expected \"$2\""; false; }; }
has() { [[ "$1" == *"$2"* ]] || { echo "found \"$1\", expected \"$2\" in it"; false; }; }
shows() { systemctl show earshotd -P "$1"; }
says() { journalctl -b -o cat "$@"; }
within() { # seconds, command…
    local end=$((SECONDS + $1))
    shift
    until "$@"; do [ "$SECONDS" -lt "$end" ] || return 1; sleep 0.2; done
}
all_is_well() { [ "$failed" = 0 ] && echo "all is well"; }
