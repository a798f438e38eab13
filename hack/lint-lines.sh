#!/usr/bin/env bash
#
# No line of C# is longer than 140 characters. What stands in a raw string is data,
# and as long as it is.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."

# Bytes, of which those that continue a character do not count: not every awk knows UTF-8.
export LC_ALL=C
# shellcheck disable=SC2016  # the expressions are awk's
find PrEnv.* -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' -print0 | sort -z | xargs -0 awk '
  FNR == 1 { raw = 0 }
  {
    inside = raw
    rest = $0
    quotes = gsub(/"""+/, "", rest)
    if (quotes % 2) raw = !raw
    if (inside) next
    line = $0
    if (quotes) sub(/\$*""".*/, "", line)
    gsub(/[\200-\277]/, "", line)
    if (length(line) > 140) { printf "%s:%d: %d characters\n", FILENAME, FNR, length(line); bad = 1 }
  }
  END { exit bad }
'
