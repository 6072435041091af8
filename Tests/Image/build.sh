#!/usr/bin/env bash
# build.sh BINARY FOLDER: what deploy/container ships, really built, with this binary in place of the one that its first
# stage would build, and on a Debian of the Debian archive's in place of the registry's image. Needs root, and a mirror
# of Debian; no daemon, no registry. What is in FOLDER stays there, and makes the next time shorter.
set -euo pipefail
binary=$(realpath "$1") root=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "$2"
folder=$(cd "$2" && pwd)

buildah() { command buildah --root "$folder/store" --runroot "$folder/run" --storage-driver overlay "$@"; }
say() { echo "==> $*"; }

if [ ! -f "$folder/debian.tar" ]; then
    say "making a Debian to build on"
    mmdebstrap --quiet --variant=minbase bookworm "$folder/debian.part"
    mv "$folder/debian.part" "$folder/debian.tar"
fi
if ! buildah inspect --type image localhost/debian >/dev/null 2>&1; then
    printf 'FROM scratch\nADD debian.tar /\n' >"$folder/Debian"
    buildah build --quiet --isolation chroot -f "$folder/Debian" -t localhost/debian "$folder" >/dev/null
fi

say "building the image"
# As the recipe's first stage leaves it.
rm -rf "$folder/stage" "$folder/context"
install -D -m 0755 "$binary" "$folder/stage/out/usr/bin/drctl"
install -D -m 0644 -t "$folder/stage/out/usr/share/doc/drctl/runbooks" "$root"/runbooks/*.md
mkdir "$folder/context"
buildah build --layers --isolation chroot -f "$root/deploy/container/Containerfile" \
    --build-context "build=$folder/stage" --build-arg BASE_IMAGE=localhost/debian \
    --build-arg SWIFT_IMAGE=localhost/debian -t localhost/drctl "$folder/context" >"$folder/build.log" 2>&1 ||
    { tail -20 "$folder/build.log"; exit 1; }

say "looking at it"
container=$(buildah from localhost/drctl)
trap 'buildah rm "$container" >/dev/null' EXIT
inside() { buildah run --isolation chroot "$container" -- "$@"; }
expect() { [ "$1" = "$2" ] || { echo "expected '$2', found '$1'"; exit 1; }; }
expect "$(inside drctl --version)" "$("$binary" --version)"
expect "$(inside id -u):$(inside id -g)" 10001:10001
expect "$(inside stat -c '%U:%G:%a' /etc/drctl)" root:drctl:750
expect "$(inside stat -c '%U:%G:%a' /var/lib/drctl)" drctl:drctl:700
expect "$(inside sh -c 'ldd /usr/bin/drctl | grep "not found"; true')" ""
expect "$(inside sh -c 'touch /usr/bin/x 2>/dev/null; echo $?')" 1
# It reads its configuration as its own user, and says what is wrong with it.
said=$(inside sh -c 'echo "nonsense: true" >/tmp/bad.yaml; drctl validate --config /tmp/bad.yaml; true' 2>&1)
case $said in *nonsense*) ;; *) echo "drctl validate says: $said" && exit 1 ;; esac
expect "$(buildah inspect --type image --format '{{.OCIv1.Config.User}}' localhost/drctl)" 10001:10001
say "the image is as it should be"
