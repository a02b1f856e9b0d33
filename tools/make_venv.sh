#!/usr/bin/env bash
# Makes the virtual environment $VENV from the newest fitting Python and installs the pinned
# packages from whatever index pip is configured with.
set -euo pipefail

venv=${VENV:-.venv}
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'  # Qt 6.9 has no 3.14

python=
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if "$candidate" -c "$fits" 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "需要 Python 3.11、3.12 或 3.13；可用 make setup PYTHON=路径 指定" >&2
    exit 2
fi

"$venv/bin/python" -c "$fits" 2>/dev/null || "$python" -m venv --clear "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
