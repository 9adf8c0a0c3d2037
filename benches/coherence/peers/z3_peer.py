"""Solves SMT-LIB texts (a JSON list in the file named) with z3; prints verdicts and the time spent in z3."""
import json
import sys
import time

import z3

texts = json.load(open(sys.argv[1], encoding="utf-8"))
verdicts, seconds = [], 0.0
for text in texts:
    solver = z3.SolverFor("QF_NRA")
    solver.set("timeout", 5000)
    solver.from_string(text)
    start = time.perf_counter()
    verdicts.append(str(solver.check()))
    seconds += time.perf_counter() - start
print(json.dumps({"verdicts": verdicts, "seconds": seconds}))
