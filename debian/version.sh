#!/bin/sh
# Prints the version of a package of this tree: the changelog's, and in a git checkout behind it
# when that was committed, and as what. Without it each commit would have the same version, and
# apt-get would leave the installed one where it is. Changes that are not committed count as made now.
set -e
cd "$(dirname "$0")/.."
version=$(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)

ask() { TZ=UTC git -c safe.directory='*' "$@"; } # root builds what somebody else has cloned
if [ -e .git ] && sha=$(ask rev-parse --short=8 HEAD 2>/dev/null); then
    if [ -z "$(ask status --porcelain)" ]; then
        version="$version+git$(ask log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S).$sha"
    else
        version="$version+git$(date -u +%Y%m%d%H%M%S).$sha.changed"
    fi
fi
echo "$version"
