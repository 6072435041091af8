#!/bin/bash
# sanitize.sh thread|address [ROOM ...]: builds the test suite with that sanitizer, in a folder of its own, and runs
# it room by room. A report of the sanitizer fails the room, whatever its tests say. What is left out, and why, is in
# exclusions.txt and thread.supp beside this script.
set -uo pipefail
cd "$(dirname "$0")/../.."
kind=$1
shift
rooms=("$@")
[ ${#rooms[@]} -gt 0 ] || rooms=($(cd Tests && ls -d ./*Tests | cut -c3-))
out=.build/$kind
# Without debug information it builds in half the time; reports name functions all the same.
build=(--sanitize="$kind" --scratch-path "$out" -debug-info-format none)
export TSAN_OPTIONS="suppressions=$PWD/Tests/Sanitize/thread.supp exitcode=66"
# Leaks are looked for apart: the Swift runtime and Foundation keep what they cache until the end.
export ASAN_OPTIONS="detect_leaks=0 exitcode=66"
export DRCTL_TEST_PYTHON=$PWD/.venv/bin/python SWIFT_BACKTRACE=enable=no
# For tests that hold something to a minute.
export DRCTL_TEST_MINUTES=20

echo "==> building the tests with the $kind sanitizer"
swift build --build-tests --jobs "${JOBS:-2}" "${build[@]}" || exit 1
failed=()
for room in "${rooms[@]}"; do
    log=$out/$room.log
    # "thread Room.Suite/test  reason": a test that is left out under this sanitizer.
    skips=()
    while read -r which test _; do
        [[ $which == "$kind" && $test == "$room".* ]] && skips+=(--skip "$test")
    done < <(grep -v '^#' Tests/Sanitize/exclusions.txt)
    # A room takes minutes under the thread sanitizer, and more where others use the machine.
    timeout "${LIMIT:-2400}" swift test --skip-build --disable-xctest "${build[@]}" --filter "^$room\." "${skips[@]}" \
        > "$log" 2>&1
    status=$?
    # `swift test` that is out of time leaves its child behind.
    [ $status != 124 ] || pkill -f -- "$PWD/$out/.*\.xctest .*\^$room" || true
    reports=$(grep -cE 'WARNING: ThreadSanitizer|ERROR: AddressSanitizer' "$log")
    printf '%-24s %s, left out: %d, reports: %d\n' "$room" "$(grep -oE 'Test run with.*' "$log" | tail -1)" \
        $((${#skips[@]} / 2)) "$reports"
    [ $status = 0 ] && [ "$reports" = 0 ] || { failed+=("$room"); grep -E '✘|↳ [^TP]|SUMMARY' "$log" | sort | uniq -c | head -20; }
done
[ ${#failed[@]} = 0 ] || { echo "not clean under the $kind sanitizer: ${failed[*]}, see $out/*.log"; exit 1; }
echo "==> clean under the $kind sanitizer"
