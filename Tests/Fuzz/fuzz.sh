#!/bin/bash
# fuzz.sh SECONDS: builds the fuzzers with the address sanitizer, and runs each for its part of the time. They begin
# with the committed vectors and with corpus.tar.gz, what earlier runs found worth keeping. What they learn is kept
# in .build/fuzz/corpus, and with KEEP=yes, as far as it reaches anything new, in corpus.tar.gz. What makes one stop
# is left in .build/fuzz as crash-*, and the script fails.
# libFuzzer does not link through SwiftPM, so the sources that a fuzzer is about are compiled together with it.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-240}
out=.build/fuzz
aws=Sources/AWS
parsers=("$aws"/{MalformedResponse,OperationResponse,ServiceFault,WallTime,WallTime+Text}.swift)
declare -A sources=(
    [signer]="$(echo Sources/SigV4/*.swift)"
    [xml]="${parsers[*]} $(echo $aws/Protocols/{XMLDocument,XMLTreeBuilder,XMLElement,XMLFault,JSONValue,JSONValue+Text}.swift)"
    [json]="${parsers[*]} $(echo $aws/Protocols/{JSONReader,JSONValue,JSONValue+Text,JSONFault}.swift)"
    [profiles]="${parsers[*]} $(echo $aws/Protocols/JSONValue*.swift $aws/Credentials/{INIFile,INIReader,ShellWords}.swift)"
)
mkdir -p $out/corpus
tar xzf Tests/Fuzz/corpus.tar.gz -C $out/corpus
python3 Tests/Fuzz/seeds.py $out/seeds
for name in signer xml json profiles; do
    case $name in
        signer) flags="-I Sources/COpenSSL $(pkg-config --libs libcrypto)" ;;
        xml) flags="-I Sources/CLibXML2 -Xcc $(pkg-config --cflags libxml-2.0) $(pkg-config --libs libxml-2.0)" ;;
        *) flags="" ;;
    esac
    echo "==> building the fuzzer $name"
    # shellcheck disable=SC2086
    swiftc -O -swift-version 6 -parse-as-library -sanitize=fuzzer,address -module-name Fuzz -package-name drctl \
        ${sources[$name]} "Tests/Fuzz/$name.swift" $flags -o "$out/$name" 2> "$out/$name.build" || {
        cat "$out/$name.build"
        exit 1
    }
    # The linker has a hundred words about the sanitizer's own symbols.
    grep -v 'Cannot export local symbol' "$out/$name.build" || true
done
for name in signer xml json profiles; do
    mkdir -p "$out/corpus/$name"
    log=$out/$name.log
    echo "==> fuzzing $name for $((seconds / 4)) s"
    # To a file: with its output in a pipe libFuzzer hangs. Leaks are looked for at the end only.
    if ! SWIFT_BACKTRACE=enable=no "$out/$name" -max_total_time=$((seconds / 4)) -timeout=10 -rss_limit_mb=2048 \
        -max_len=8192 -print_final_stats=1 -artifact_prefix="$out/crash-$name-" \
        "$out/corpus/$name" "$out/seeds/$name" > "$log" 2>&1; then
        tail -40 "$log"
        echo "the fuzzer $name has found something: $out/crash-$name-*"
        exit 1
    fi
    grep -E 'stat::number_of_executed_units|stat::new_units_added' "$log" | sed 's/^/    /'
done
if [ "${KEEP:-}" = yes ]; then
    rm -rf $out/kept
    for name in signer xml json profiles; do
        mkdir -p "$out/kept/$name"
        SWIFT_BACKTRACE=enable=no "$out/$name" -merge=1 -max_len=8192 "$out/kept/$name" "$out/corpus/$name" \
            "$out/seeds/$name" > "$out/$name.merge" 2>&1
        echo "==> kept for $name: $(find "$out/kept/$name" -type f | wc -l)"
    done
    # The same files always make the same archive.
    tar c --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C $out/kept . | gzip -9n > Tests/Fuzz/corpus.tar.gz
fi
