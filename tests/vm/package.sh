#!/bin/bash
# In the container of boot.sh: the package's life, from its installation to its purge.
set -u
exec 2>&1
export DEBIAN_FRONTEND=noninteractive PATH=$PATH:/usr/sbin:/sbin
cd "$(dirname "$0")" || exit 1
. ./checks.sh

ours() { # what bears our name where packages and services write
    find /etc /usr /var /run -path /var/log -prune -o -iname '*earshot*' ! -name 'earshot-test*' -print 2>/dev/null |
        sort >"$1"
}
newer() { # a later package: other help for the settings, another version
    dpkg-deb -R earshot.deb newer && sed -i 's/^Version: .*/&+later/' newer/DEBIAN/control &&
        echo '# said by the later version' >>newer/usr/share/doc/earshot/examples/earshot.yaml &&
        dpkg-deb -Zgzip -z1 --root-owner-group -b newer later.deb && rm -r newer
}
version=$(dpkg-deb -f earshot.deb Version)
ours before

check "it installs" dpkg -i earshot.deb
check "earshotd --version" eval 'has "$(earshotd --version)" "${version%%+git*}"'
check "its settings are good" earshot config check
check "its model is good" earshot model verify
check "no service was started" is "$(shows ActiveState) $(systemctl is-enabled earshotd)" "inactive disabled"

head -c 640000 /dev/zero >/usr/share/silence.s16
cat >/etc/earshot/earshot.yaml <<'YAML'
node: box
sources:
  porch: {url: "file:/usr/share/silence.s16"}
YAML
cp /etc/earshot/earshot.yaml mine
check "enabled, it runs" systemctl enable --now earshotd
pid=$(shows MainPID)
check "and has a store" test -e /var/lib/private/earshot/events.db
check "a later package" newer
check "installs over it, and asks nothing" dpkg -i later.deb </dev/null
check "as dpkg knows" is "$(dpkg-query -W -f '${Version}' earshot)" "$version+later"
check "the operator's settings are kept" cmp mine /etc/earshot/earshot.yaml
check "the service runs again, as a new process" eval 'is "$(shows ActiveState)" active && ! is "$(shows MainPID)" "$pid"'
check "and stays enabled" is "$(systemctl is-enabled earshotd)" enabled
cp /usr/share/earshot/hostile-en.gguf /usr/share/earshot/hostile-en.gguf.old # as model apply leaves it

check "it is removed" dpkg --remove earshot
check "which stops the service" is "$(shows ActiveState)" inactive
check "and keeps settings and events" eval 'cmp mine /etc/earshot/earshot.yaml && test -e /var/lib/private/earshot/events.db'
check "it is purged" dpkg --purge earshot
ours after
check "nothing of it is left" diff before after
all_is_well
