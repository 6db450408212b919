"""Keeps all promises of a module, one after the other, in one process: python3 everywhere.py <module> [<function to leave out> ...]

What is revoked may be good for one more second at another node: a refusal is waited for so long, and no longer. A 503 says to try again, so that
is done, as SDKs with their usual settings do.
"""

import importlib
import inspect
import sys
import time

import promises

BOUND = 1.0
PATIENCE = 10.0
_refusal = promises.refusal


def refusal(call, *args, **kwargs):
    end = time.monotonic() + BOUND
    while True:
        try:
            code, message = _refusal(call, *args, **kwargs)
            if code != "ServiceUnavailable" or time.monotonic() > end + PATIENCE:
                return code, message
            time.sleep(0.5)
        except AssertionError:
            if time.monotonic() > end:
                raise


promises.refusal = refusal
module, leave_out = sys.argv[1], sys.argv[2:]
suffix = promises.SUFFIX
loaded = importlib.import_module(module)
kept = 0
for name, promise in inspect.getmembers(loaded, inspect.isfunction):
    if promise.__module__ != module or name.startswith("_") or name in leave_out:
        continue
    kept += 1
    promises.SUFFIX = f"{suffix}-{kept}"
    try:
        promise()
    except BaseException:
        print("not kept:", name, file=sys.stderr)
        raise
print(f"kept: {kept}")
