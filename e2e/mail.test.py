"""The digests against a real mail server (aiosmtpd), and the calendars read by a strict reader (icalendar).

The program is the really built one (`RORANG`); it keeps its register in a folder of its own and speaks to 127.0.0.1
alone. A mail must reach a person once a day: not twice, whatever the server does.
"""

import asyncio
import csv
import datetime
import email
import email.policy
import http.client
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

import icalendar
from aiosmtpd.smtp import SMTP

PROGRAM = os.environ.get("RORANG", str(pathlib.Path(__file__).parent.parent / "target/debug/rorang"))
TITLE = "Rà soát nợ đọng xây dựng cơ bản"
LONG = "Báo cáo bổ sung; có dấu, phẩy và " + " ".join(["chữ dài"] * 20)
OFFICER, LEADER = "can.bo@dienbien.test", "lanh.dao@dienbien.test"
SITE = "https://ro-rang.dienbien.test"


class Server:
    """A mail server on a free port; `manner` says how it behaves."""

    def __init__(self, manner="good"):
        self.manner, self.received = manner, []
        self.has_data, self.go_on = threading.Event(), threading.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.manner == "refuses-officer" and address == OFFICER:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.manner == "busy":
            return "451 try again later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.append((list(envelope.rcpt_tos), message))
        self.has_data.set()
        if self.manner == "drops-after-data":
            server.transport.abort()
        if self.manner == "holds-after-data":
            await asyncio.get_running_loop().run_in_executor(None, self.go_on.wait, 30)
        return "250 taken"

    def __enter__(self):
        self.loop = asyncio.new_event_loop()
        listening = self.loop.run_until_complete(
            self.loop.create_server(lambda: SMTP(self, loop=self.loop, hostname="localhost"), "127.0.0.1", 0)
        )
        self.port = listening.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.listening = listening
        return self

    def __exit__(self, *_):
        self.go_on.set()
        self.loop.call_soon_threadsafe(self.listening.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def to(self):
        return sorted(to for tos, _ in self.received for to in tos)


def settings(port, **more):
    return {
        **os.environ,
        "RORANG_SMTP_HOST": "127.0.0.1",
        "RORANG_SMTP_PORT": str(port),
        "RORANG_SMTP_TLS": "none",
        "RORANG_SMTP_FROM": "nhac.viec@dienbien.test",
        "RORANG_SITE": SITE,
        **more,
    }


def run(*options, env=None):
    done = subprocess.run([PROGRAM, *options], capture_output=True, text=True, encoding="utf-8", timeout=120, env=env)
    return done.returncode, done.stdout, done.stderr


def must(*options):
    code, said, troubles = run(*options)
    if code != 0:
        raise AssertionError(f"rorang {' '.join(options)} ended with {code}:\n{said}{troubles}")
    return said


class Person:
    """Somebody signed in at the pages, as a browser without a script would be."""

    def __init__(self, address, name, password):
        self.address, self.cookie = address, ""
        self.ask("/vi/sign-in", {"name": name, "password": password})
        assert self.cookie, f"{name} could not sign in"

    def ask(self, path, fields=None):
        there = urllib.parse.urlsplit(self.address)
        line = http.client.HTTPConnection(there.hostname, there.port, timeout=30)
        headers = {"Cookie": self.cookie, "Origin": self.address}
        if fields is None:
            line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", path, urllib.parse.urlencode(fields), headers)
        answer = line.getresponse()
        set_cookie = answer.getheader("Set-Cookie")
        if set_cookie:
            self.cookie = set_cookie.split(";")[0]
        body = answer.read().decode("utf-8")
        line.close()
        return answer.status, answer.getheader("Content-Type"), body

    def post(self, path, fields):
        _, _, page = self.ask(path)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        return self.ask(path, {**fields, "csrf": csrf})


def annex(folder, titles):
    due = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date() - datetime.timedelta(days=9)
    file = folder / "phu-luc.csv"
    rows = [[title, "Sở Tài chính", f"{due:%d/%m/%Y}", "Báo cáo được duyệt"] for title in titles]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["Nhiệm vụ", "Chủ trì", "Thời hạn", "Kết quả"], *rows])
    return str(file), due


def setUpModule():
    """One register with a late task, two people with an address, and what their calendar says before and after."""
    global FOLDER, REGISTER, DUE, CALENDARS
    FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="rorang-mail-"))
    REGISTER = FOLDER / "register.db"
    serving = subprocess.Popen(
        [PROGRAM, "serve", "--address", "127.0.0.1:0", "--database", str(REGISTER)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )
    try:
        said = ""
        while not (found := re.search(r"http://[\d.:]+\d", said)):
            line = serving.stdout.readline()
            if not line:
                raise AssertionError(f"rorang serve ended:\n{said}")
            said += line
        threading.Thread(target=serving.stdout.read, daemon=True).start()
        rows = must("demo-users", "--database", str(REGISTER)).strip().splitlines()[1:]
        users = {post: (name, password) for name, password, post in (re.split(r"\s*,\s*", row.strip())[:3] for row in rows)}
        file, DUE = annex(FOLDER, [TITLE])
        must("import-tasks", file, "--start", str(DUE - datetime.timedelta(days=60)), "--hand-over", "--database", str(REGISTER))
        people = {}
        for post, address in (("VN-11/finance.reporter", OFFICER), ("VN-11/finance.leader", LEADER)):
            people[post] = Person(found.group(), *users[post])
            status, _, page = people[post].post("/vi/tasks/reminders", {"do": "address", "address": address})
            assert status == 303, page
        officer = people["VN-11/finance.reporter"]
        _, _, page = officer.post("/vi/tasks/reminders", {"do": "new-calendar"})
        feed = re.search(r"/data/calendar/[0-9a-f]{64}\.ics", page).group()
        CALENDARS = [officer.ask(feed)]
        file, _ = annex(FOLDER, [LONG])
        must("import-tasks", file, "--start", str(DUE - datetime.timedelta(days=60)), "--hand-over", "--database", str(REGISTER))
        CALENDARS += [officer.ask(feed), officer.ask("/data/offices/VN-11%2Ffinance/tasks.ics")]
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(30)
        serving.stdout.close()


def tearDownModule():
    shutil.rmtree(FOLDER, ignore_errors=True)


class Digests(unittest.TestCase):
    def setUp(self):
        folder = FOLDER / self.id()
        folder.mkdir()
        for file in FOLDER.glob("register.db*"):
            shutil.copy(file, folder)
        self.database = str(folder / "register.db")

    def command(self, *more):
        return ["--lang", "vi", "remind", "--send", *more, "--database", self.database]

    def send(self, server, *more, **env):
        return run(*self.command(*more), env=settings(server.port, **env))

    def counts(self, said):
        """Sent, known, unsure, failed, without an address: the numbers of the closing line, in its order."""
        return [int(number) for number in re.findall(r"\d+", said.strip().splitlines()[-1])]

    def test_a_person_gets_one_mail_a_day(self):
        with Server() as server:
            code, said, _ = self.send(server)
            self.assertEqual(code, 0)
            self.assertEqual(server.to(), [OFFICER, LEADER])
            self.assertEqual(self.counts(said)[:4], [2, 0, 0, 0])
            self.assertGreater(self.counts(said)[4], 0, "the chair gave no address")
            for (to,), message in server.received:
                self.assertEqual(message["To"].addresses[0].addr_spec, to)
                self.assertEqual(message["From"].addresses[0].addr_spec, "nhac.viec@dienbien.test")
                self.assertIsNone(message["Bcc"])
                body = message.get_body(("plain",)).get_content()
                count = body.count("\n- ")
                self.assertGreaterEqual(count, 2, "all that is due to one person stands in one mail")
                self.assertEqual(message["Subject"], f"Rõ Ràng: {count} việc cần để ý")
                self.assertIn(f"Quá hạn 9 ngày: {TITLE}", body)
                self.assertRegex(body, re.escape(SITE) + r"/vi/tasks/\d+")
            self.assertEqual(len({message["Message-ID"] for _, message in server.received}), 2)
            code, said, _ = self.send(server)
            self.assertEqual((code, self.counts(said)[:4]), (0, [0, 2, 0, 0]))
            self.assertEqual(self.send(server, "--again")[0], 0)
            self.assertEqual(len(server.received), 2, "what was taken is never sent again")

    def test_two_runs_at_once_send_one_mail_each(self):
        with Server() as server:
            both = [
                subprocess.Popen([PROGRAM, *self.command()], env=settings(server.port), stdout=subprocess.DEVNULL)
                for _ in range(2)
            ]
            for running in both:
                running.wait(60)
            self.assertEqual(server.to(), [OFFICER, LEADER])

    def test_a_mailbox_that_is_refused_is_tried_again(self):
        with Server("refuses-officer") as server:
            code, said, troubles = self.send(server)
            self.assertEqual((code, self.counts(said)[:4]), (1, [1, 0, 0, 1]))
            self.assertIn("no such mailbox", troubles)
            self.assertEqual(server.to(), [LEADER])
            server.manner = "good"
            self.assertEqual(self.send(server)[0], 0)
            self.assertEqual(server.to(), [OFFICER, LEADER])

    def test_a_busy_server_is_tried_again(self):
        with Server("busy") as server:
            code, said, _ = self.send(server)
            self.assertEqual((code, self.counts(said)[:4]), (1, [0, 0, 0, 2]))
            server.manner = "good"
            self.assertEqual(self.send(server)[0], 0)
            self.assertEqual(server.to(), [OFFICER, LEADER])

    def test_a_server_that_is_not_there_took_nothing(self):
        with Server() as server:
            pass
        code, said, _ = self.send(server)
        self.assertEqual((code, self.counts(said)[:4]), (1, [0, 0, 0, 2]))
        with Server() as server:
            self.assertEqual(self.counts(self.send(server)[1])[:4], [2, 0, 0, 0])
            self.assertEqual(server.to(), [OFFICER, LEADER])

    def test_nothing_goes_over_an_open_line_where_a_safe_one_is_wanted(self):
        with Server() as server:
            code, said, _ = self.send(server, RORANG_SMTP_TLS="starttls")
            self.assertEqual((code, self.counts(said)[:4]), (1, [0, 0, 0, 2]))
            self.assertEqual(server.received, [])

    def test_a_line_cut_after_the_mail_never_sends_a_second_by_itself(self):
        with Server("drops-after-data") as server:
            code, said, _ = self.send(server)
            self.assertEqual((code, self.counts(said)[:4]), (1, [0, 0, 0, 2]))
            self.assertEqual(server.to(), [OFFICER, LEADER], "the server has them, and did not say so")
            server.manner = "good"
            self.assertEqual(self.counts(self.send(server)[1])[:4], [0, 0, 2, 0])
            self.assertEqual(len(server.received), 2)
            # Somebody asks: once more, under the same id.
            self.assertEqual(self.counts(self.send(server, "--again")[1])[:4], [2, 0, 0, 0])
            self.assertEqual(self.counts(self.send(server, "--again")[1])[:4], [0, 2, 0, 0])
            ids = [message["Message-ID"] for _, message in server.received]
            self.assertEqual((len(ids), len(set(ids))), (4, 2))

    def test_a_run_killed_while_it_sends_never_sends_a_second_by_itself(self):
        with Server("holds-after-data") as server:
            running = subprocess.Popen([PROGRAM, *self.command()], env=settings(server.port), stdout=subprocess.DEVNULL)
            self.assertTrue(server.has_data.wait(60))
            running.kill()
            running.wait(30)
            server.manner = "good"
            server.go_on.set()
            self.assertEqual(self.counts(self.send(server)[1])[:4], [1, 0, 1, 0])
            self.assertEqual(server.to(), [OFFICER, LEADER])


class Calendars(unittest.TestCase):
    def events(self, number):
        status, kind, text = CALENDARS[number]
        self.assertEqual((status, kind), (200, "text/calendar; charset=utf-8"))
        for line in text.split("\r\n"):
            self.assertLessEqual(len(line.encode("utf-8")), 75, "lines are folded")
            self.assertNotIn("\n", line)
        calendar = icalendar.Calendar.from_ical(text)
        self.assertEqual(calendar.errors, [])
        self.assertEqual(calendar["VERSION"], "2.0")
        self.assertTrue(calendar["PRODID"])
        events = list(calendar.walk("VEVENT"))
        for event in events:
            self.assertEqual(event.errors, [])
            self.assertEqual(event["DTSTART"].params["VALUE"], "DATE")
            self.assertIs(type(event.decoded("DTSTART")), datetime.date)
            self.assertIs(type(event.decoded("DTSTAMP")), datetime.datetime)
        return {str(event["UID"]): event for event in events}

    def test_a_calendar_is_read_by_others(self):
        events = self.events(0)
        ours = [event for event in events.values() if TITLE in str(event["SUMMARY"])]
        self.assertEqual([event.decoded("DTSTART") for event in ours], [DUE])
        text = CALENDARS[0][2]
        self.assertEqual(text.count("BEGIN:VEVENT"), len(events), "no uid stands twice")

    def test_uids_stay_when_tasks_come(self):
        before, after = self.events(0), self.events(1)
        self.assertEqual(len(after), len(before) + 1)
        for uid, event in before.items():
            self.assertEqual(after[uid].to_ical(), event.to_ical())
        (new,) = set(after) - set(before)
        self.assertIn(LONG, str(after[new]["SUMMARY"]))

    def test_a_task_has_one_uid_in_every_calendar(self):
        mine, office = self.events(1), self.events(2)
        both = set(mine) & set(office)
        self.assertTrue(both)
        for uid in both:
            self.assertEqual(mine[uid]["SUMMARY"], office[uid]["SUMMARY"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
