# shellcheck shell=bash
# Sourced: sets cache to the folder in which what is made is kept; make_cache makes it.
# A relative path is invalid, XDG Base Directory Specification 0.8.
cache=${XDG_CACHE_HOME:-}
if [[ $cache != /* ]]; then
  user_home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
  [ -n "$user_home" ] || fail 'neither HOME nor XDG_CACHE_HOME is set. Set one, for the toolchain is kept in a cache folder.'
  cache=$user_home/.cache
fi
cache=$cache/web-server

make_cache() {
  local reason
  # Java would not find it.
  [ -z "$(LC_ALL=C tr -d '\0-\177' <<<"$cache")" ] || [ "$(locale charmap)" = UTF-8 ] ||
    fail "$cache is not ASCII, and this locale's encoding is not UTF-8: set LC_ALL=C.UTF-8"
  reason=$(LC_ALL=C mkdir -p "$cache" 2>&1) && [ -w "$cache" ] ||
    fail "${reason:-$cache cannot be written}. The toolchain is kept there: set XDG_CACHE_HOME, or HOME, to a folder that can be" \
      'written, or GRAALVM_HOME to a GraalVM 25, which needs no toolchain.'
}
