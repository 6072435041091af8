#!/usr/bin/env bash
# build.sh BINARY MANUAL_TOOL OUTPUT_FOLDER: a Debian package of a drctl that has been built.
# The same input gives the same package, byte for byte: times come from SOURCE_DATE_EPOCH (default: the last
# commit's).
set -euo pipefail
binary=$(realpath "$1") manual=$(realpath "$2") output=$(realpath "$3")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}
umask 022

version=${PACKAGE_VERSION:-$("$binary" --version)}
architecture=$(dpkg --print-architecture)
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
chmod 0755 "$staging"

place() { install -D -m "$1" "$2" "$staging/$3"; }

place 0755 "$binary" usr/bin/drctl
place 0644 "$root/deploy/systemd/drctl.service" usr/lib/systemd/system/drctl.service
place 0644 "$here/drctl.sysusers" usr/lib/sysusers.d/drctl.conf
place 0644 "$here/drctl.tmpfiles" usr/lib/tmpfiles.d/drctl.conf
place 0644 "$root/config.yaml" usr/share/doc/drctl/examples/config.yaml
place 0644 "$root/docs/iam-policy.json" usr/share/doc/drctl/iam-policy.json
place 0644 "$here/copyright" usr/share/doc/drctl/copyright
place 0644 "$here/lintian-overrides" usr/share/lintian/overrides/drctl
for file in "$root"/deploy/observability/drctl-{alerts,dashboard}.*; do
    place 0644 "$file" "usr/share/doc/drctl/observability/$(basename "$file")"
done
# Messages name them, and they and the runbooks lead to one another.
for page in "$root"/docs/*.md "$root"/docs/iam-policy.json; do
    place 0644 "$page" "usr/share/doc/drctl/docs/$(basename "$page")"
done
for page in "$root"/runbooks/*.md; do place 0644 "$page" "usr/share/doc/drctl/runbooks/$(basename "$page")"; done

# What changed, in the form that Debian's tools read (apt changelog), and in ours.
printf 'drctl (%s) unstable; urgency=medium\n\n  * See CHANGELOG.md beside this file.\n\n -- %s  %s\n' "$version" \
    "$(sed -n 's/^Maintainer: //p' "$here/control.in")" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" |
    gzip -9n >"$staging/text"
place 0644 "$staging/text" usr/share/doc/drctl/changelog.gz
place 0644 "$root/CHANGELOG.md" usr/share/doc/drctl/CHANGELOG.md
# The libraries that are linked in ask that their licences come along.
checkouts=$root/.build/checkouts
for file in "$checkouts"/*/{LICENSE,NOTICE}*; do
    [ -f "$file" ] || continue
    printf '==== %s ====\n\n' "${file#"$checkouts"/}" && cat "$file" && echo
done | gzip -9n >"$staging/text"
place 0644 "$staging/text" usr/share/doc/drctl/third-party.txt.gz
rm "$staging/text"

"$binary" config schema >"$staging/schema"
place 0644 "$staging/schema" usr/share/drctl/config.schema.json
rm "$staging/schema"

for shell in bash zsh fish; do
    # What is read by a shell is no program of its own.
    "$binary" --generate-completion-script "$shell" | sed '1{/^#!/d}' >"$staging/completion"
    case $shell in
        bash) place 0644 "$staging/completion" usr/share/bash-completion/completions/drctl ;;
        zsh) place 0644 "$staging/completion" usr/share/zsh/vendor-completions/_drctl ;;
        fish) place 0644 "$staging/completion" usr/share/fish/vendor_completions.d/drctl.fish ;;
    esac
done
rm "$staging/completion"

pages=$staging/usr/share/man/man8
mkdir -p "$pages"
"$manual" "$binary" --multi-page --section 8 --date "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)" \
    --output-directory "$pages" >/dev/null
# drctl.failover.8 is found as `man drctl-failover`, as with git, and so must its title, its name and what refers to
# it be; the synopsis is what is typed. An empty line is no paragraph to troff.
for page in "$pages"/*.8; do
    name=$(basename "$page" .8)
    sed -E -e ':dots' -e 's/^(\.(Xr|Dt) [^ .]*)\./\1-/; t dots' -e 's/^$/.Pp/' \
        -e "/^\.Sh NAME/,/^\.Sh SYN/s/^\.Nm .*/.Nm ${name//./-}/" \
        -e "/^\.Sh SYNOPSIS/,/^\.Sh DESC/s/^\.Nm\$/.Nm ${name//./ }/" "$page" >"$staging/page"
    rm "$page"
    mv "$staging/page" "$pages/${name//./-}.8"
done
gzip -9n "$pages"/*.8

# The packages that hold the libraries it was linked with; their own dependencies come with them.
libraries=$(ldd "$binary" | awk '$3 ~ /^\// { print $3 }' | grep -v '/swift/' | xargs -r -n1 realpath |
    { while read -r file; do dpkg-query -S "$file" 2>/dev/null || dpkg-query -S "*/$(basename "$file")" || true; done; } |
    cut -d: -f1 | sort -u)
needed=$(objdump -p "$binary" | awk '$1 == "NEEDED" { print $2 }')
depends=$(for package in $libraries; do
    for soname in $needed; do
        # Not grep -q, which leaves at the first match: dpkg-query may then die of that, and so fail the pipe.
        if dpkg-query -L "$package" | grep "/$soname$" >/dev/null; then
            echo "$package"
            break
        fi
    done
done | sort -u | paste -sd, | sed 's/,/, /g')

# With an older C library than this it would not start.
glibc=$(objdump -p "$binary" | sed -nE 's/.* GLIBC_([0-9.]+)$/\1/p' | sort -V | tail -1)
depends=$(sed -E "s/\blibc6\b/libc6 (>= $glibc)/" <<<"$depends")

mkdir -p "$staging/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@LIBRARIES@/$depends/" \
    "$here/control.in" >"$staging/DEBIAN/control"
for script in postinst prerm postrm; do install -m 0755 "$here/$script" "$staging/DEBIAN/$script"; done
install -m 0644 "$here/templates" "$staging/DEBIAN/templates"
(cd "$staging" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$staging/DEBIAN/md5sums"

# DPKG_DEB: more options for dpkg-deb, as for how to compress.
# shellcheck disable=SC2086
dpkg-deb --root-owner-group ${DPKG_DEB:-} --build "$staging" "$output/drctl_${version}_$architecture.deb"
