"""The servers that the transport is tested against: HTTP, HTTPS with good and bad certificates, a Unix
socket, a proxy, hosts that refuse to answer. Loopback and free ports only. Says where they are in one line
of JSON, then lives until its standard input ends, so that it never outlives the tests.
"""

import base64
import errno
import http.server
import json
import pathlib
import socket
import socketserver
import ssl
import struct
import sys
import tempfile
import threading

import http2
from certificates import make_certificates

counts_lock = threading.Lock()
connections = 0  # accepted by the HTTP servers
requests = {}  # times a path was asked for
muted = False  # connections that are open when it is set stop answering
opened_before_mute = set()


def count(path):
    with counts_lock:
        requests[path] = requests.get(path, 0) + 1


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self):
        global connections
        super().setup()
        with counts_lock:
            connections += 1
            self.number = connections
        self.served = 0

    def log_message(self, *arguments):
        pass

    def answer(self, body=b"", status=200, headers=()):
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_any(self):
        path = self.path.split("?")[0]
        count(path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.served += 1
        route = getattr(self, "at_" + path.strip("/").split("/")[0].replace("-", "_"), None)
        if route is None:
            self.answer(status=404)
        else:
            route(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = handle_any

    def at_echo(self, body):
        seen = {
            "method": self.command,
            "target": self.path,
            "headers": self.headers.items(),
            "body": base64.b64encode(body).decode(),
            "connection": self.number,
        }
        self.answer(json.dumps(seen).encode(), headers=[("Content-Type", "application/json")])

    def at_counts(self, body):
        with counts_lock:
            self.answer(json.dumps({"connections": connections, "requests": requests}).encode())

    def at_status(self, body):
        self.answer(b"as asked", status=int(self.path.split("/")[2]))

    def at_redirect(self, body):
        self.answer(status=302, headers=[("Location", "/echo")])

    def at_bytes(self, body):
        """/bytes/N: N bytes, announced. /bytes/N/chunked: not announced."""
        parts = self.path.split("/")
        count = int(parts[2])
        if len(parts) == 3:
            self.answer(b"x" * count)
            return
        self.send_response_only(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Trailer", "X-Late")
        self.end_headers()
        while count > 0:
            size = min(count, 65536)
            self.wfile.write(b"%x\r\n%s\r\n" % (size, b"x" * size))
            count -= size
        self.wfile.write(b"0\r\nX-Late: too late\r\n\r\n")

    def at_headers(self, body):
        """/headers/N: a header of about N bytes."""
        lines = [(f"X-Line-{index}", "x" * 1000) for index in range(int(self.path.split("/")[2]) // 1000)]
        lines += [("X-Twice", "one"), ("x-twice", "two"), ("X-Empty", "")]
        self.answer(headers=lines)

    def at_early(self, body):
        """An interim answer before the final one."""
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
        self.answer(b"final")

    def at_hang(self, body):
        self.wait_for_the_other_end()

    def at_hang_mid_body(self, body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        self.wait_for_the_other_end()

    def at_reset_mid_body(self, body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf")
        self.wfile.flush()
        # A linger time of zero turns the close into a reset.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def at_cut_off(self, body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        self.close_connection = True

    def at_drop_unless_first(self, body):
        """Answers the first request of a connection, and closes without a word on the next."""
        if self.served == 1:
            self.answer(b"first")
        self.close_connection = self.served > 1

    def at_nonsense(self, body):
        self.wfile.write(b"\x16\x03\x01 this is not HTTP\r\n\r\n")
        self.close_connection = True

    def at_mutable(self, body):
        """Answers, unless the connection was open when /mute was asked for."""
        if muted and self.number in opened_before_mute:
            self.wait_for_the_other_end()
        else:
            self.answer(str(self.number).encode())

    def at_mute(self, body):
        """From now on, connections that are open already do not answer /mutable."""
        global muted
        with counts_lock:
            opened_before_mute.update(range(1, connections + 1))
            muted = True
        self.answer()

    def wait_for_the_other_end(self):
        self.close_connection = True
        try:
            self.connection.recv(1)
        except OSError:
            pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 1024
    tls = None

    def server_bind(self):
        # Without http.server's look-up of its own name.
        socketserver.TCPServer.server_bind(self)

    def finish_request(self, request, address):
        # In the connection's own thread: a client that says nothing holds up nobody else.
        if self.tls is not None:
            request = self.tls.wrap_socket(request, server_side=True)
        self.RequestHandlerClass(request, address, self)

    def handle_error(self, request, address):
        pass


class UnixServer(Server):
    address_family = socket.AF_UNIX

    def get_request(self):
        request, _ = super().get_request()
        return request, ("unix", 0)


class UnixHandler(Handler):
    disable_nagle_algorithm = False


class ProxyHandler(http.server.BaseHTTPRequestHandler):
    """CONNECT goes through. Anything else the proxy answers itself, to show who was asked."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_CONNECT(self):
        if self.path.startswith("forbidden."):
            self.send_response_only(403)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        port = self.path.rsplit(":", 1)[1]
        count("CONNECT")
        far = socket.create_connection(("127.0.0.1", int(port)))
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-From-Proxy: yes\r\n\r\n")
        other_way = threading.Thread(target=pump, args=(far, self.connection), daemon=True)
        other_way.start()
        pump(self.connection, far)
        self.close_connection = True

    def do_GET(self):
        body = ("by proxy: " + self.path).encode()
        self.send_response_only(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    finally:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def start(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def unanswering_port(family=socket.AF_INET, port=0):
    """A host whose packets get lost: once its backlog is full, the kernel drops further SYNs."""
    listener = socket.socket(family)
    listener.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", port))
    listener.listen(0)
    fillers = []
    while len(fillers) < 64:
        filler = socket.socket(family)
        filler.settimeout(0.3)
        fillers.append(filler)
        try:
            filler.connect(listener.getsockname())
        except TimeoutError:
            break
    return listener, fillers


class Server6(Server):
    address_family = socket.AF_INET6


def half_unanswering(silent_family):
    """A name with two addresses, of which only one answers: nothing is heard from ::1 (or 127.0.0.1), and the
    other one serves. 0 where there is no IPv6."""
    for _ in range(50):
        try:
            if silent_family == socket.AF_INET6:
                server = Server(("127.0.0.1", 0), Handler)
            else:
                server = Server6(("::1", 0), Handler)
        except OSError:
            break
        try:
            silence = unanswering_port(silent_family, server.server_address[1])
        except OSError as error:
            server.server_close()
            # Someone else may have that port at the other address.
            if error.errno == errno.EADDRINUSE:
                continue
            break
        return start(server).server_address[1], silence
    return 0, None


def silent_port():
    """Accepts connections, says nothing: a TLS handshake never gets on."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    return listener


def closed_port():
    """Bound, so that nobody else gets it, but not listening."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    return holder


def main():
    with tempfile.TemporaryDirectory(prefix="drctl-http-") as path:
        folder = pathlib.Path(path)
        places = {"ca": str(folder / "ca.pem"), "unix": str(folder / "http.sock")}
        for name in make_certificates(folder):
            server = Server(("127.0.0.1", 0), Handler)
            server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.tls.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
            places[name] = start(server).server_address[1]
        context = http2.context(folder / "good.pem", folder / "good.key")
        for behaviour in ("gather", "stall", "refuse"):
            places[f"http2_{behaviour}"] = http2.serve(context, behaviour, count)
        places["http"] = start(Server(("127.0.0.1", 0), Handler)).server_address[1]
        places["proxy"] = start(Server(("127.0.0.1", 0), ProxyHandler)).server_address[1]
        start(UnixServer(places["unix"], UnixHandler, bind_and_activate=True))
        halves = [half_unanswering(family) for family in (socket.AF_INET6, socket.AF_INET)]
        places["half_unanswering"] = [port for port, _ in halves if port]
        unanswering, _fillers = unanswering_port()
        silent, closed = silent_port(), closed_port()
        for name, one in (("unanswering", unanswering), ("silent", silent), ("closed", closed)):
            places[name] = one.getsockname()[1]
        print(json.dumps(places), flush=True)
        sys.stdin.read()


main()
