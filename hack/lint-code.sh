#!/usr/bin/env bash
#
# What the formatter does not check of C#: no line is longer than 140 characters (what
# stands in a raw string is data, and as long as it is), and a type stands in a file of
# its own unless it is tiny or nested.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."

# Bytes, of which those that continue a character do not count: not every awk knows UTF-8.
export LC_ALL=C
# shellcheck disable=SC2016  # the expressions are awk's
find PrEnv.* -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' -print0 | sort -z | xargs -0 awk -v longest=140 -v tiny=20 '
  function complain(line, text) { printf "%s:%d: %s\n", FILENAME, line, text; bad = 1 }

  FNR == 1 { raw = types = 0 }
  {
    inside = raw
    rest = $0
    quotes = gsub(/"""+/, "", rest)
    if (quotes % 2) raw = !raw
    if (inside) next
    line = $0
    if (quotes) sub(/\$*""".*/, "", line)
    gsub(/[\200-\277]/, "", line)
    if (length(line) > longest) complain(FNR, length(line) " characters")
  }
  /^(public |internal |file )?((static|sealed|abstract|partial|readonly|ref) )*(class|record|struct|interface|enum) / {
    start = FNR
    if (types++ == 0) first = 0
  }
  /^}/ && start {
    long = FNR - start >= tiny
    if (types > 1 && long && first != 0) complain(start, "one type per file: this one has more than " tiny " lines")
    if (long) first = start
    start = 0
  }
  END { exit bad }
'
