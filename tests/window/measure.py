"""Measures the window: start, page switch, scrolling, memory. For `tests/results/interface.md`.

    python3 tests/window/measure.py PROGRAM [USERS]

Fills a data directory of its own with USERS users (10,000 unless told) over HTTP, runs one sync in
Test Mode, and drives the window on a virtual screen through WebKitWebDriver, as the window tests do.
Needs what `cargo xtask setup` installs.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

PAGES = "provisioning connection reports logs directory accounts practice lessons preferences about overview".split()
PORT = 4999

SWITCH = """const [page, done] = arguments;
const link = document.querySelector(`[data-testid=nav-${page}]`);
const begun = performance.now();
link.click();
const look = () => link.getAttribute('aria-current') === 'page' && document.querySelector('main h1')
  ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)))
  : setTimeout(look, 1);
look();"""

SCROLL = """const done = arguments[0];
const list = document.querySelector('.table .scroll');
const frames = [];
let last = performance.now();
const step = () => {
  const now = performance.now();
  frames.push(now - last);
  last = now;
  list.scrollTop += 700;
  if (frames.length < 400) return requestAnimationFrame(step);
  const some = frames.slice(2).sort((a, b) => a - b);
  done({ median: some[some.length >> 1], worst: some.at(-1), over100: some.filter(each => each > 100).length,
         rows: document.querySelector('[role=grid]').getAttribute('aria-rowcount') });
};
requestAnimationFrame(step);"""


def fill(program, data, users):
    def run(*words):
        return subprocess.run([program, *words, "--data-dir", data], capture_output=True, text=True, check=True).stdout

    run("settings", "set", "enabled=true", "service=scim", "quiet-seconds=3600", "listen=127.0.0.1:0", "durability=process-crash")
    token = run("token", "generate").split()[-1]
    with subprocess.Popen([program, "serve", "--data-dir", data], stdout=subprocess.PIPE, text=True) as server:
        host, path = re.match(r"http://([^/]+)(/.*)", server.stdout.readline().split()[-1]).groups()
        connection = http.client.HTTPConnection(host)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/scim+json"}
        for number in range(users):
            user = {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": f"user{number:06}@contoso.com",
                "displayName": f"User {number}",
            }
            connection.request("POST", f"{path}Users", json.dumps(user), headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 201, answer.status
        server.terminate()
    run("sync")


def ask(path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, method=method or ("GET" if body is None else "POST"))
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)["value"]


class Window:
    def __init__(self, program, data):
        options = {"binary": program, "args": ["--data-dir", data]}
        session = ask("/session", {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}})
        self.path = f"/session/{session['sessionId']}"

    def run(self, script):
        return ask(f"{self.path}/execute/sync", {"script": script, "args": []})

    def wait(self, script, *words):
        return ask(f"{self.path}/execute/async", {"script": script, "args": words})

    def until(self, script):
        while not self.run(script):
            time.sleep(0.02)

    def close(self):
        ask(self.path, method="DELETE")


def process_of(program, data):
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = open(f"/proc/{entry}/cmdline").read().split("\0")
        except OSError:
            continue
        if words[0] == program and data in words:
            return int(entry)
    raise LookupError(program)


def started(process):
    ticks = int(open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()[19])
    up = float(open("/proc/uptime").read().split()[0])
    return time.time() - up + ticks / os.sysconf("SC_CLK_TCK")


def memory(process):
    text = open(f"/proc/{process}/smaps_rollup").read()
    return {name: int(re.search(name + r":\s+(\d+)", text).group(1)) // 1024 for name in ("Rss", "Pss")}


def web_processes():
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            name = open(f"/proc/{entry}/comm").read().strip()
            if name.startswith("WebKitWeb") and name != "WebKitWebDriver":
                yield name, memory(entry)
        except OSError:
            continue


def measure(program, data):
    for _ in range(5):
        window = Window(program, data)
        window.until("return document.querySelector('[data-testid=standing]')?.textContent")
        usable = time.time()
        paint = window.run(
            "return performance.timeOrigin + performance.getEntriesByType('paint').find(each => each.name === 'first-contentful-paint').startTime"
        )
        process = process_of(program, data)
        begun = started(process)
        print(f"start: first paint {paint / 1000 - begun:.2f} s, usable {usable - begun:.2f} s")
        if _ < 4:
            window.close()
            # Until it has let go of its data no other can open them.
            while os.path.exists(f"/proc/{process}"):
                time.sleep(0.1)
            # The driver has one session at a time, and says nowhere that the last one has ended.
            time.sleep(1)
    for page in PAGES:
        times = []
        for _ in range(5):
            window.wait(SWITCH, "about" if page != "about" else "overview")
            time.sleep(0.3)
            times.append(window.wait(SWITCH, page))
            time.sleep(0.3)
        print(f"to {page}: median {sorted(times)[2]:.0f} ms, best {min(times):.0f} ms")
    window.wait(SWITCH, "directory")
    window.until("return document.querySelectorAll('[data-testid=user-row]').length > 5")
    for _ in range(3):
        print("scrolling:", window.wait(SCROLL))
    print("memory in MB:", memory(process), *web_processes())
    window.close()


def main():
    program, users = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as data:
        fill(program, data, users)
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], stdout=subprocess.PIPE, text=True
        )
        display = f":{screen.stdout.readline().strip()}"
        driver = subprocess.Popen(
            ["WebKitWebDriver", f"--port={PORT}", "--host=127.0.0.1"],
            env={**os.environ, "DISPLAY": display, "TAURI_WEBVIEW_AUTOMATION": "true"},
        )
        time.sleep(1)
        try:
            print("load average:", os.getloadavg())
            measure(program, data)
        finally:
            driver.terminate()
            screen.terminate()


main()
