"""Fills in what CPython does with the programs of recorded-runs.golden.json, for recorded-runs.test.ts.

Usage: python3 record-runs.py PROGRAMS > recorded-runs.golden.json, where PROGRAMS is a JSON list of
{"program": text, "runs": [{"oracle": [numbers]}]}. Runs that do not end or that read an unbound name are left out.
"""
import contextlib
import json
import sys


class A(Exception):
    pass


class B(Exception):
    pass


class Endless(BaseException):
    pass


def trace_of(code, oracle):
    trace = []
    answers = iter(oracle)

    def show(value):
        return type(value).__name__ if isinstance(value, Exception) else str(value)

    def log(event):
        trace.append(event)
        if len(trace) > 300:
            raise Endless

    def ask():
        return next(answers, 0)

    def e(number):
        log("e" + show(number))
        return number

    def t(number):
        log("t%s" % number)
        return ask() % 2 == 1

    def s(number):
        log("s%s" % number)
        return [7, 8][: ask() % 3]

    def r(number):
        log("r%s" % number)
        kind = ask() % 4
        if kind == 1:
            raise A()
        if kind == 3:
            raise B()

    class m:
        def __init__(self, number):
            log("m%s" % number)
            self.number = number

        def __enter__(self):
            log("enter%s" % self.number)
            return self.number

        def __exit__(self, *exception):
            log("exit%s" % self.number)

    names = dict(e=e, t=t, s=s, r=r, m=m, suppress=contextlib.suppress, A=A, B=B, d={})
    exec(code, names)
    try:
        end = "return " + show(names["f"]())
    except (Endless, UnboundLocalError):
        return None
    except Exception as exception:
        end = "raise " + type(exception).__name__
    return trace + [end]


def main():
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    for case in cases:
        code = compile(case["program"], "f", "exec")
        for run in case["runs"]:
            run["trace"] = trace_of(code, run["oracle"])
        case["runs"] = [run for run in case["runs"] if run["trace"] is not None]
    json.dump([case for case in cases if case["runs"]], sys.stdout, separators=(",", ":"))


main()
