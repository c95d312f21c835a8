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
  reason=$(LC_ALL=C mkdir -p "$cache" 2>&1) && [ -w "$cache" ] ||
    fail "${reason:-$cache cannot be written}. The toolchain is kept there: set XDG_CACHE_HOME, or HOME, to a folder that can be" \
      'written, or GRAALVM_HOME to a GraalVM 25, which needs no toolchain.'
}
