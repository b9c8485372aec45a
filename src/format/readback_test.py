#!/usr/bin/python3
"""readback_test.py SAMPLE READBACK: what writers_sample writes comes back equal from independent readers."""
import csv
import datetime
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SAMPLE, READBACK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("readback", READBACK)
readback = importlib.util.module_from_spec(spec)
spec.loader.exec_module(readback)


def iso(text):
    d, m, y = text.split("/")
    return datetime.date(int(y), int(m), int(d)).isoformat()


class Written(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.TemporaryDirectory()
        for kind in ("docx", "letter", "xlsx", "csv", "ics", "expect"):
            subprocess.run([SAMPLE, kind, cls.path(kind)], check=True)
        with open(cls.path("expect"), encoding="utf-8") as f:
            cls.rows = [line.rstrip("\n").replace("\\n", "\n").split("\t") for line in f]

    @classmethod
    def tearDownClass(cls):
        cls.dir.cleanup()

    @classmethod
    def path(cls, kind):
        return os.path.join(cls.dir.name, "sample." + kind)

    def test_docx_tasks_come_back_equal(self):
        table = readback.read_docx(self.path("docx"))["tables"][-1]
        rows = [[r[1], r[2], iso(r[3])] for r in table[1:] if len(r) == 4]
        self.assertEqual(rows, self.rows)

    def test_docx_groups_span_the_table(self):
        table = readback.read_docx(self.path("docx"))["tables"][-1]
        self.assertEqual([r[0] for r in table if len(r) == 1],
                         ["I. Hoàn thiện thể chế", "II. Hỗ trợ, tuyên truyền", "II. Hỗ trợ, tuyên truyền"])

    def test_docx_appendix_is_landscape_with_its_own_numbers(self):
        sections = readback.read_docx(self.path("docx"))["sections"]
        self.assertEqual(sections, [{"landscape": False, "start": 1}, {"landscape": True, "start": 1}])

    def test_letter_has_number_day_and_subject_in_the_head(self):
        head = readback.read_docx(self.path("letter"))["tables"][0]
        self.assertIn("Số: 05/STC-TH", head[1][0])
        self.assertIn("V/v đôn đốc", head[1][0])
        self.assertEqual(head[1][1], "Tây Ninh, ngày 02 tháng 10 năm 2023")

    def test_xlsx_tasks_come_back_equal(self):
        sheet = readback.read_xlsx(self.path("xlsx"))["sheets"][0]
        self.assertEqual(sheet["name"], "Nhiệm vụ")
        self.assertEqual([r[1:4] for r in sheet["rows"][4:]], self.rows)
        self.assertEqual([r[0] for r in sheet["rows"][4:]], list(range(1, 22)))
        self.assertEqual([r[4] for r in sheet["rows"][4:]], list(range(0, 105, 5)))

    def test_csv_tasks_come_back_equal_with_formulas_disarmed(self):
        with open(self.path("csv"), encoding="utf-8-sig", newline="") as f:
            rows = list(csv.reader(f, strict=True))
        disarmed = [["'" + v if v[0] in "=+-@" else v for v in r[:2]] + r[2:] for r in self.rows]
        self.assertEqual([r[1:4] for r in rows[1:]], disarmed)

    def test_ics_events_come_back_equal(self):
        got = readback.read_ics(self.path("ics"))
        self.assertEqual(got["name"], "Thời hạn của Kế hoạch 2653/KH-BCĐ")
        self.assertEqual([[e["summary"], e["description"], e["day"]] for e in got["events"]], self.rows)
        self.assertEqual(len({e["uid"] for e in got["events"]}), 21)
        for e in got["events"]:
            day = datetime.date.fromisoformat(e["day"])
            self.assertEqual(e["end"], (day + datetime.timedelta(days=1)).isoformat())
            self.assertEqual(e["categories"], ["Kế hoạch 2653/KH-BCĐ", "Trong hạn"])

    @unittest.skipUnless(shutil.which("khal"), "khal is not installed")
    def test_khal_shows_every_deadline(self):
        conf = os.path.join(self.dir.name, "khal.conf")
        with open(conf, "w", encoding="utf-8") as f:
            f.write("[calendars]\n[[a]]\npath = %s\n[locale]\ntimeformat = %%H:%%M\ndateformat = %%Y-%%m-%%d\n"
                    "longdateformat = %%Y-%%m-%%d\ndatetimeformat = %%Y-%%m-%%d %%H:%%M\n"
                    "longdatetimeformat = %%Y-%%m-%%d %%H:%%M\n" % self.dir.name)
        env = dict(os.environ, HOME=self.dir.name, LC_ALL="C.UTF-8")
        out = subprocess.run(["khal", "-c", conf, "printics", "--format", "{start-date} {title}", self.path("ics")],
                             env=env, capture_output=True, text=True, check=True).stdout
        for title, _, day in self.rows:
            self.assertIn(day, out)
            self.assertIn(title.split("\n")[0], out)

    def test_docx_and_xlsx_are_the_same_bytes_again(self):
        for kind in ("docx", "xlsx"):
            again = self.path(kind + "2")
            subprocess.run([SAMPLE, kind, again], check=True)
            with open(self.path(kind), "rb") as a, open(again, "rb") as b:
                self.assertEqual(a.read(), b.read(), kind)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
