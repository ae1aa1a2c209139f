"""A Python that answers: one line of JSON in, one line of JSON out.

usage: oracle.py REQUIREMENT        ("zarr 3", "zarr 2" or "gdal")
The first line says what it is: {"version": "…"}, or {"absent": "…"} and it ends. Then every line
{"code": "…", "given": {…}} is run with the given names, and answered by
{"answer": <the variable of that name>, "printed": "…"} or by {"error": "…"}.
"""
import contextlib
import io
import json
import math
import os
import sys
import traceback
import warnings

warnings.simplefilter('ignore')


def version(requirement):
    """What was asked for, with its version; None where this Python has not got it."""
    if requirement == 'gdal':
        from osgeo import gdal

        gdal.UseExceptions()
        return 'GDAL ' + gdal.VersionInfo('RELEASE_NAME')
    import zarr

    if zarr.__version__.split('.')[0] != requirement.split()[1]:
        return None
    return 'zarr-python ' + zarr.__version__.split('+')[0]


def plain(value):
    """An answer as JSON has it: whole numbers beyond 2^53 and special floats become text, bytes base64."""
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, (bytes, bytearray, memoryview)):
        import base64

        return base64.b64encode(bytes(value)).decode()
    if hasattr(value, 'tolist'):
        return plain(value.tolist())
    if isinstance(value, complex):
        return [plain(value.real), plain(value.imag)]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return 'NaN' if value != value else 'Infinity' if value > 0 else '-Infinity'
    return str(value)


def run(code, given):
    """Runs a program and gives its variable `answer` and what it printed."""
    names = {'__name__': '__main__', **given}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, '<asked>', 'exec'), names)
    return {'answer': plain(names.get('answer')), 'printed': printed.getvalue()}


def main():
    # Nothing but answers may reach the pipe: what libraries print themselves goes to stderr.
    pipe = os.fdopen(os.dup(1), 'w', encoding='utf8')
    os.dup2(2, 1)

    def say(message):
        pipe.write(json.dumps(message, allow_nan=False) + '\n')
        pipe.flush()

    try:
        found = version(sys.argv[1])
    except ImportError as error:
        return say({'absent': str(error)})
    if found is None:
        return say({'absent': 'another version'})
    say({'version': found})
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            say(run(asked['code'], asked['given']))
        except BaseException as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            say({'error': '%s: %s (line %d)' % (type(error).__name__, error, last.lineno or 0)})


main()
