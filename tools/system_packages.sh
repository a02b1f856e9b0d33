#!/usr/bin/env bash
# Installs the Debian packages that Qt and Chinese text need, where this may be done: as root or
# with a sudo that asks nothing. Elsewhere it names what is missing and goes on.
set -euo pipefail

# Found by adding libraries one by one to an empty Debian 12: the first line is enough offscreen,
# the next two are for a real X window.
packages=(
    libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
    libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
    fonts-noto-cjk
)

python=${PYTHON:-python3}
if [ "${1:-}" = package ]; then
    packages+=(binutils xz-utils)
    # Debian keeps the library of its own Python apart; other Pythons bring theirs.
    own=$("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2] * (sys.base_prefix == "/usr"))')
    [ -z "$own" ] || packages+=("$own")
fi

command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || exit 0

installed() { # Debian 13 and later add t64 to some names
    local found
    found=$(dpkg-query -W -f '${Status}\n' "$1" "${1}t64" 2>/dev/null || true)
    [[ $found == *"ok installed"* ]]
}

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done
if "$python" -c '' 2>/dev/null && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    missing+=(python3-venv)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "缺少系统包，请由管理员安装：apt-get install ${missing[*]}" >&2
    exit 0
fi
echo "安装系统包：${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
