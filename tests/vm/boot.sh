#!/bin/bash
# Boots this very system in a container, copy on write and without a network: systemd, journald
# and the sandbox are the real ones. Prints a line a check. Exit code 77: it cannot run here, and why.
#
#     sudo tests/vm/boot.sh BUILD         inside.sh lives the unit's life with what meson installs
#                                         from BUILD (meson setup --prefix=/usr --sysconfdir=/etc)
#     sudo tests/vm/boot.sh PACKAGE.deb   package.sh lives the package's life, to its purge
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
what=$(readlink -f "$1")

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
mkdir -p "$root/opt/earshot-test"
cp "$here"/*.sh "$here/../../README.md" "$root/opt/earshot-test/"
if [ -d "$what" ]; then
    script=inside.sh
    meson install -C "$what" --no-rebuild --destdir "$root" >"$top/install.log" 2>&1 ||
        { cat "$top/install.log"; exit 1; }
else
    script=package.sh
    cp "$what" "$root/opt/earshot-test/earshot.deb"
    rm -f "$root/usr/sbin/policy-rc.d" # of those who build in containers: it forbids services
fi
cat >"$root/etc/systemd/system/earshot-test.service" <<UNIT
[Unit]
Requires=basic.target dbus.service
After=basic.target dbus.service
[Service]
Type=oneshot
ExecStart=/opt/earshot-test/$script
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
