#!/bin/sh
# Makes sure that there is a Chromium for the tests of the console: the one that CHROMIUM names or that
# is on PATH, else the system's package, else the one that Playwright brings.
set -eu

for each in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  [ -n "$each" ] && command -v "$each" >/dev/null && exit 0
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "安装浏览器 / installing chromium and a Chinese font with apt-get" >&2
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null && exit 0
fi

python - <<'PYTHON' && exit 0
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PYTHON

echo "下载浏览器 / downloading the browser that Playwright brings" >&2
python -m playwright install chromium && exit 0

echo "没有可用的 Chromium。请安装它，或用 CHROMIUM 指明路径。" >&2
echo "There is no Chromium. Install it, or name it with CHROMIUM." >&2
exit 1
