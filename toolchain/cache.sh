# shellcheck shell=bash
# Sourced: sets cache to the folder in which what is made is kept.
cache=${XDG_CACHE_HOME:-}
if [ -z "$cache" ]; then
  user_home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
  [ -n "$user_home" ] || fail 'neither HOME nor XDG_CACHE_HOME is set. Set one, for the toolchain is kept in a cache folder.'
  cache=$user_home/.cache
fi
cache=$cache/web-server
