#!/bin/bash
# In the container of boot.sh: the unit's life, from the first start to settings that are wrong.
set -u
exec 2>&1
. "$(dirname "$0")/checks.sh"
heard() { mosquitto_sub -u earshot -P right -C 1 -W 5 -t "earshot/box/$1"; }

# A broker that wants a password; a room as a source.
ip link set lo up 2>/dev/null
mkdir -p /opt/broker /etc/earshot/secrets /etc/systemd/system/earshotd.service.d
echo 'earshot:right' >/opt/broker/users
mosquitto_passwd -U /opt/broker/users
printf 'listener 1883 127.0.0.1\nallow_anonymous false\npassword_file /opt/broker/users\n' >/opt/broker/conf
chmod -R a+rX /opt/broker
PATH=$PATH:/usr/sbin
mosquitto -c /opt/broker/conf >/opt/broker/log 2>&1 &
head -c 9600000 /dev/urandom | python3 -c '
import sys, wave
raw = bytearray(sys.stdin.buffer.read())
for i in range(1, len(raw), 2):  # a quiet hiss
    raw[i] = 0 if raw[i] < 128 else 255
w = wave.open("/usr/share/earshot/room.wav", "wb")
w.setparams((1, 2, 16000, 0, "NONE", ""))
w.writeframes(bytes(raw))
'
settings() { # more lines
    cat >/etc/earshot/earshot.yaml <<YAML
node: box
sources:
  porch: {url: "file:/usr/share/earshot/room.wav"}
mqtt:
  username: earshot
  password_file: mqtt.pass
$*
YAML
}
settings
(umask 077 && printf right >/etc/earshot/secrets/mqtt.pass)
printf '[Service]\nLoadCredential=mqtt.pass:/etc/earshot/secrets/mqtt.pass\nWatchdogSec=4s\n' \
    >/etc/systemd/system/earshotd.service.d/test.conf
systemctl daemon-reload

check "the settings are good" earshotd --check-config
check "systemctl start waits until it is ready" systemctl start earshotd
pid=$(shows MainPID)
check "it is active" is "$(shows ActiveState)" active
check "its status line" within 15 eval 'has "$(shows StatusText)" "connected to mqtt://localhost:1883"'
check "it has a user of its own" is "$(stat -c %U "/proc/$pid" 2>/dev/null)" earshot
check "it can gain no privileges" grep -q '^NoNewPrivs:.1' "/proc/$pid/status"
check "its system calls are filtered" grep -q '^Seccomp:.2' "/proc/$pid/status"
# Much else in the sandbox implies these two: each line must also do alone what it says, where
# without it a stranger to root does the same.
unit=$(shows FragmentPath)
install -m 4755 /usr/bin/id /opt/setuid-id
with() { # settings of the unit, parted by |; command…: with these lines of the unit and no others
    local lines
    mapfile -t lines < <(sed -nE "s/^($1)=/-p&/p" "$unit")
    shift
    systemd-run -q --wait --pipe -p User=nobody "${lines[@]}" "$@"
}
calls() { # settings, calls of libc…: whether each is refused, or answered in whatever way
    with "$1" /usr/bin/python3 -c "import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
print(*('refused' if eval('libc.' + x) < 0 and ctypes.get_errno() == 1 else 'answered' for x in sys.argv[1:]))" "${@:2}"
}
filter='SystemCallFilter|SystemCallErrorNumber' call=('mincore(1, 1, 0)' 'setpriority(0, 0, 19)')
check "a setuid program gives root" is "$(with nothing /opt/setuid-id -u)" 0
check "but not with the unit's NoNewPrivileges" is "$(with NoNewPrivileges /opt/setuid-id -u)" "$(id -u nobody)"
check "calls of all kinds are answered" is "$(calls nothing "${call[@]}")" "answered answered"
check "but not those that no service needs, nor those for resources" is "$(calls "$filter" "${call[@]}")" "refused refused"
check "it has no capabilities" grep -q '^CapBnd:.0000000000000000' "/proc/$pid/status"
check "it sees no homes" bash -c "! ls /proc/$pid/root/root 2>/dev/null | grep -q ."
check "the password comes by a credential" eval 'is "$(heard availability)" online'
check "the source is heard" within 15 eval 'has "$(heard porch/state)" "\"state\":\"online\""'
check "a test alarm reaches the broker" earshot test-alarm porch --wait 20
check "the doctor finds nothing wrong" earshot doctor
check "the journal has the source as a field" eval 'has "$(says EARSHOT_SOURCE=porch)" "online"'
check "the journal holds no password" bash -c '! journalctl -b -u earshotd -o json | grep -q "\"right\""'

settings 'health_interval: 1s'
check "systemctl reload" systemctl reload earshotd
check "the same process goes on" is "$(shows MainPID)" "$pid"
check "with the new settings" eval 'has "$(heard health)" earshot.health/1'
settings 'heath_interval: 1s'
check "systemctl reload of a mistake fails" bash -c '! systemctl reload earshotd'
check "and says it" within 5 eval 'has "$(says -u earshotd)" "did you mean health_interval?"'
check "the same process still goes on" is "$(shows MainPID) $(shows ActiveState)" "$pid active"
settings

kill -STOP "$pid"
check "the watchdog ends one that stands still" within 25 eval 'is "$(shows NRestarts)" 1'
check "and it is started again" within 20 eval 'is "$(shows ActiveState)" active && has "$(heard availability)" online'
check "as the journal says" eval 'has "$(says _PID=1)" "Watchdog timeout"'

check "systemctl stop" timeout 15 systemctl stop earshotd
check "ends well" is "$(shows Result) $(shows ExecMainStatus)" "success 0"
check "and says so itself" eval 'is "$(heard availability)" offline'

settings 'heath_interval: 1s'
systemctl reset-failed earshotd 2>/dev/null
check "a start by hand with a mistake fails" bash -c '! systemctl start earshotd'
sleep 6 # longer than RestartSec
check "with 78, and is not tried again" is "$(shows ExecMainStatus) $(shows NRestarts) $(shows ActiveState)" "78 0 failed"
settings
mv /etc/systemd/system/earshotd.service.d/test.conf /tmp/test.conf
sed -i 's#password_file: mqtt.pass#password_file: /etc/earshot/secrets/mqtt.pass#' /etc/earshot/earshot.yaml
systemctl daemon-reload
check "a password that only root reads: started all the same" systemctl start earshotd
check "and told what to do" within 10 eval 'has "$(says -u earshotd)" \
    "LoadCredential=mqtt.pass:/etc/earshot/secrets/mqtt.pass under [Service] (\`systemctl edit earshotd\`) and password_file: mqtt.pass"'
check "as the doctor does, though root can read it" eval 'has "$(earshot doctor)" "FAIL  daemon broker"'
mv /tmp/test.conf /etc/systemd/system/earshotd.service.d/test.conf
systemctl daemon-reload
settings
check "mended, it starts" systemctl restart earshotd
cp /usr/share/earshot/room.wav /home/room.wav
settings 'store: {path: /srv/events.db}'
sed -i 's#/usr/share/earshot/room.wav#/home/room.wav#' /etc/earshot/earshot.yaml
check "a recording in a home, a store elsewhere: started all the same" systemctl restart earshotd
check "and told what the service may open" within 10 eval 'has "$(says -u earshotd)" "porch: offline: forbidden: "'
check "the doctor hears it, and says who does not" eval 'has "$(earshot doctor)" "heard here, and not by the daemon"'
check "and that events are in memory" eval 'has "$(earshot doctor)" "FAIL  daemon store"'
check "with a folder that the group audio may write to, they are not" eval 'install -d -g audio -m 2770 /srv/earshot &&
    printf "[Service]\nReadWritePaths=/srv/earshot\n" >/etc/systemd/system/earshotd.service.d/store.conf && systemctl daemon-reload &&
    sed -i s#/srv/events.db#/srv/earshot/events.db# /etc/earshot/earshot.yaml && systemctl restart earshotd &&
    within 10 test -e /srv/earshot/events.db && ! earshot doctor | grep "daemon store"'
timeout 15 systemctl stop earshotd

# The README's own settings, on a box that has neither that microphone nor that camera, and a
# broker as it is right after its installation.
kill %1
wait %1 2>/dev/null
rm -r /etc/systemd/system/earshotd.service.d
systemctl daemon-reload
mosquitto >/opt/broker/log 2>&1 &
sed -n "/earshot.yaml <<'END'/,/^END/p" /opt/earshot-test/README.md | sed '1d;$d' >/etc/earshot/earshot.yaml
check "the README's settings are there" grep -q '^sources:' /etc/earshot/earshot.yaml
check "and good" earshotd --check-config
check "systemctl enable --now" systemctl enable --now earshotd
check "without its sources it runs" is "$(shows ActiveState)" active
check "the doctor names the microphone's remedy" eval 'has "$(earshot doctor)" "no capture device hw:CARD=Mic"'
check "and the camera's" eval 'has "$(earshot doctor)" "is the host in url right"'
check "a test alarm reaches the dashboard" earshot test-alarm porch --wait 20
check "which has it" eval 'has "$(mosquitto_sub -C 1 -W 5 -t earshot/gate-3/porch/last_event)" "\"test\":true"'
timeout 15 systemctl stop earshotd
all_is_well
