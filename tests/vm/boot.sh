#!/bin/bash
# Boots this very system in a container, copy on write and without a network, with Earshot
# installed from BUILD (meson setup --prefix=/usr --sysconfdir=/etc), and lets inside.sh live
# the unit's life in it: systemd, journald and the sandbox are the real ones. Prints a line a
# check. Exit code 77: it cannot run here, and why.
#
#     sudo tests/vm/boot.sh BUILD
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
build=$(readlink -f "$1")

skip() { echo "SKIP: $*"; exit 77; }
[ "$(id -u)" = 0 ] || skip "only root may boot a container"
command -v systemd-nspawn >/dev/null || skip "systemd-nspawn is not installed (package systemd-container)"
[ -x /lib/systemd/systemd ] || skip "systemd is not installed"
command -v mosquitto >/dev/null || [ -x /usr/sbin/mosquitto ] || skip "mosquitto is not installed"

top=$(mktemp -d /tmp/earshot-vm-XXXXXX)
over() {
    umount -R "$top/root" 2>/dev/null || true
    umount "$top" 2>/dev/null || true
    rmdir "$top" 2>/dev/null || true
}
trap over EXIT
mount -t tmpfs -o size=512M tmpfs "$top"
mkdir "$top/upper" "$top/work" "$top/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$top/upper,workdir=$top/work" "$top/root" 2>/dev/null ||
    skip "this kernel lays no overlay over /"

root=$top/root
rm -rf "$root/etc/earshot" "$root/var/lib/earshot" "$root/var/lib/private/earshot" "$root/var/log/journal"
meson install -C "$build" --no-rebuild --destdir "$root" >"$top/install.log" 2>&1 || { cat "$top/install.log"; exit 1; }
install -D -m 755 "$here/inside.sh" "$root/opt/earshot-test/inside.sh"
cp "$here/../../README.md" "$root/opt/earshot-test/"
cat >"$root/etc/systemd/system/earshot-test.service" <<'UNIT'
[Unit]
Requires=basic.target dbus.service
After=basic.target dbus.service
[Service]
Type=oneshot
ExecStart=/opt/earshot-test/inside.sh
StandardOutput=file:/opt/earshot-test/said
StandardError=inherit
TimeoutStartSec=150
ExecStopPost=/bin/systemctl --no-block exit 0
UNIT
: >"$root/etc/fstab"
timeout 200 systemd-nspawn --register=no --keep-unit --private-network -q -D "$root" \
    -b systemd.unit=earshot-test.service </dev/null >"$top/boot.log" 2>&1 || true
cat "$root/opt/earshot-test/said" 2>/dev/null || { tail -20 "$top/boot.log"; skip "no container boots here"; }
grep -q '^all is well$' "$root/opt/earshot-test/said"
