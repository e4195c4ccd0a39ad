"""Brokers of other makes, with the face of publisher_world.Broker: what is stored survives
kill(), as far as the make can. EARSHOT_BROKER names one for every World of a test."""

import os
import shutil
import signal
import subprocess

from port import connectable, free_port, until

RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server"
HIVEMQ = """import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;
public class Main {
    public static void main(String[] a) {
        Path p = Path.of(a[0]);
        EmbeddedHiveMQ.builder().withConfigurationFolder(p.resolve("conf")).withDataFolder(p.resolve("data"))
            .withExtensionsFolder(p.resolve("extensions")).build().start().join();
    }
}
"""


class Other:
    """version: the newest that it speaks. login: (name, password), and nobody else comes in."""

    version = "5"
    logins = True
    start_s = 600  # on a busy machine

    def __init__(self, folder, login=None, **_):
        self.folder, self.port, self.login, self.process = folder, free_port(), login, None
        self.log = os.path.join(folder, "broker.log")
        self.configure()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii") as f:
            f.write(text)
        return path

    def start(self):
        with open(self.log, "ab") as log:  # a session of its own, so that all of it can be killed
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env={**os.environ, **self.environment()}, start_new_session=True)
        until(lambda: connectable(self.port) or self.process.poll() is not None, self.start_s, "the broker")
        if self.process.poll() is not None:
            with open(self.log, encoding="utf-8", errors="replace") as f:
                raise AssertionError("the broker did not start: " + f.read()[-2000:])
        return self

    def environment(self):
        return {}

    def said(self, words):
        """Each make has words of its own."""
        return 0

    def save(self):
        """Nothing to be asked for: it stores by itself."""

    def stop(self, sig=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, sig)
            self.process.wait(60)

    def kill(self):
        self.stop(signal.SIGKILL)


class RabbitMQ(Other):
    """Debian's: with its MQTT plugin, which speaks MQTT 5 only since 3.13."""

    version = "3.1.1"

    @staticmethod
    def available():
        return os.path.exists(RABBITMQ)

    @staticmethod
    def name():
        where = "/usr/lib/rabbitmq/lib"
        return "RabbitMQ " + next(d for d in os.listdir(where) if d.startswith("rabbitmq_server-")).split("-")[1]

    def configure(self):
        user, password = self.login or ("guest", "guest")
        self.conf = self.write("rabbitmq.conf", f"""listeners.tcp = none
mqtt.listeners.tcp.1 = 127.0.0.1:{self.port}
mqtt.allow_anonymous = {str(not self.login).lower()}
default_user = {user}
default_pass = {password}
""")
        self.plugins = self.write("enabled_plugins", "[rabbitmq_mqtt].\n")
        self.dist, self.names = free_port(), free_port()

    def environment(self):
        local = "-kernel inet_dist_use_interface {127,0,0,1}"
        return {"HOME": self.folder, "RABBITMQ_NODENAME": "earshot@localhost", "RABBITMQ_CONFIG_FILE": self.conf,
                "RABBITMQ_ENABLED_PLUGINS_FILE": self.plugins, "RABBITMQ_MNESIA_BASE": self.folder,
                "RABBITMQ_LOG_BASE": self.folder, "RABBITMQ_DIST_PORT": str(self.dist),
                "ERL_EPMD_PORT": str(self.names), "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": local,
                "RABBITMQ_PID_FILE": os.path.join(self.folder, "pid")}

    def command(self):
        return [RABBITMQ]


class NATS(Other):
    version = "3.1.1"

    @staticmethod
    def available():
        return bool(shutil.which("nats-server"))

    @staticmethod
    def name():
        said = subprocess.run(["nats-server", "--version"], capture_output=True, text=True, check=True).stdout
        return "NATS " + said.split("v")[-1].strip()

    def configure(self):
        login = "authorization {{ user: {}, password: {} }}\n".format(*self.login) if self.login else ""
        self.conf = self.write("nats.conf", f"""server_name: earshot
listen: "127.0.0.1:{free_port()}"
jetstream {{ store_dir: "{self.folder}/jetstream" }}
mqtt {{ listen: "127.0.0.1:{self.port}" }}
{login}""")

    def command(self):
        return ["nats-server", "-c", self.conf]


class HiveMQ(Other):
    """The Community Edition, of which $HIVEMQ_CLASSES holds the classes. Logins take an extension."""

    logins = False

    @staticmethod
    def available():
        return bool(shutil.which("java") and os.environ.get("HIVEMQ_CLASSES"))

    @staticmethod
    def name():
        jars = os.listdir(os.environ["HIVEMQ_CLASSES"])
        jar = next(j for j in jars if j.startswith("hivemq-community-edition"))
        return "HiveMQ CE " + jar.rsplit("-", 1)[1].removesuffix(".jar")

    def configure(self):
        self.write("conf/config.xml", f"""<hivemq><listeners><tcp-listener><port>{self.port}</port>
<bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
<anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics></hivemq>""")
        self.main = self.write("Main.java", HIVEMQ)
        for name in ("data", "extensions"):
            os.makedirs(os.path.join(self.folder, name), exist_ok=True)

    def command(self):
        return ["java", "-Xmx512m", "-cp", os.environ["HIVEMQ_CLASSES"] + "/*", self.main, self.folder]


KINDS = {"rabbitmq": RabbitMQ, "nats": NATS, "hivemq": HiveMQ}
