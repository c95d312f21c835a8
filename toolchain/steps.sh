# shellcheck shell=bash
# Sourced by make and make-aarch64: what both do. Progress goes to stderr, nothing to stdout.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
started=$SECONDS

step() {
  printf 'toolchain: %3d s  %s\n' "$((SECONDS - started))" "$*" >&2
}

fail() {
  echo "toolchain: $*" >&2
  exit 1
}

# Runs a command whose output is of interest only if it fails.
quietly() {
  "$@" >"$work/log" 2>&1 || {
    tail -n 40 "$work/log" >&2
    fail "failed: $1, see above"
  }
}

# One at a time: takes the lock of a home, and ends here if what is to be made exists by then. It is made in $new, with
# $work to work in, and appears under its name only when it is complete.
begin() { # HOME_DIR FOLDER FILE_OF_IT
  exec 9>"$1.lock"
  flock -n 9 || {
    step 'waiting for another make of the same toolchain'
    flock 9
  }
  [ ! -x "$2/$3" ] || exit 0
  new=$2.tmp.$$
  work=$new.work
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  rm -rf "$2".tmp.*
  mkdir -p "$new" "$work"
}

clean_up() {
  # shellcheck disable=SC2046 # one word per process
  kill $(jobs -p) 2>/dev/null && wait
  rm -rf "$new" "$work"
}

end() { # FOLDER
  mv "$new" "$1"
  step "made $1 ($(du -sh "$1" | cut -f1))"
}

# What the JDK's libraries want of HotSpot and libjvm does not have: calling it must fail with its name, not the link.
write_fallbacks() { # STATIC_LIBRARIES
  cat <<'END'
#include <stdio.h>
#include <stdlib.h>
static void stop(const char *name) {
    fprintf(stderr, "%s: not available in a native image\n", name);
    abort();
}
END
  nm --undefined-only "$1"/*.a | awk '$1 == "U" && $2 ~ /^JVM_/ { print $2 }' | sort -u | while read -r name; do
    echo "__attribute__((weak)) void $name(void) { stop(\"$name\"); }"
  done
}

build_shim() { # COMPILER STATIC_LIBRARIES HEADERS OUTPUT
  local to=$4 objects=$4.objects source
  local flags=(-std=c11 -O2 -fPIC -fvisibility=hidden -ffunction-sections -fdata-sections -Wall -Wextra -Werror -c)
  mkdir -p "$to/include" "$objects"
  cp "$3"/*.h "$here"/shim/include/*.h "$to/include/"
  for source in "$here"/shim/*.c; do
    [ "${source##*/}" = reporter.c ] ||
      "$1" "${flags[@]}" -I"$to/include" "$source" -o "$objects/$(basename "$source" .c).o"
  done
  write_fallbacks "$2" >"$objects/fallbacks.c"
  # weak functions of libjvm's own names would be no error, but the archive's first definition is to be the real one
  sed -i -E "/ ($(nm --defined-only "$objects/jvm.o" | awk '{ print $3 }' | paste -sd'|'))\(/d" "$objects/fallbacks.c"
  "$1" "${flags[@]}" "$objects/fallbacks.c" -o "$objects/fallbacks.o"
  ar rcsD "$to/liblibchelper.a" "$objects"/chelper*.o
  ar rcsD "$to/libjvm.a" "$objects/jvm.o" "$objects/fallbacks.o"
  ar rcsD "$to/libsvm_container.a" "$objects"/container*.o
  rm -rf "$objects"
}
