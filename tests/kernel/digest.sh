#!/bin/sh
# digest.sh PROGRAM EXPECTED [KERNEL…]: every kernel that runs here prints the lines of EXPECTED.
# Meson puts the emulator of a cross build into MESON_EXE_WRAPPER, $EMULATOR is another; two machines agree when both pass.
program=$1 expected=$2
shift 2
for kernel in ref "$@"; do
    got=$(${EMULATOR:-$MESON_EXE_WRAPPER} "$program" "$kernel")
    code=$?
    [ $code = 77 ] && { echo "SKIP $kernel"; continue; }
    if [ $code != 0 ] || [ "$got" != "$(cat "$expected")" ]; then
        printf '%s (exit %d) prints\n%s\nbut %s holds\n' "$kernel" $code "$got" "$expected"
        cat "$expected"
        exit 1
    fi
    echo "ok $kernel"
done
