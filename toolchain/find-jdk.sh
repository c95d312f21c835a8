# shellcheck shell=bash
# Sourced: find_jdk sets jdk to the home of a JDK 25 that the image builder can run on, or says what to install.
# It starts one process, because every build asks. machine is the processor, as in a compiler's triplet, and
# architecture the same as GraalVM says it; empty where there is no toolchain for it.

machine=$(uname -m)
case $machine in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=aarch64 ;;
  *) architecture='' ;;
esac

# A JDK proper of version 25 for glibc on this processor, with the compiler interface; not a GraalVM, which needs no toolchain.
is_suitable_jdk() {
  local JAVA_VERSION='' MODULES='' OS_ARCH='' LIBC='' key value
  [ -f "$1/release" ] && [ -f "$1/lib/modules" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] &&
    [ -f "$1/include/jni.h" ] && [ -f "$1/lib/server/libjvm.so" ] && [ ! -e "$1/lib/svm" ] || return 1
  while IFS='=' read -r key value; do
    value=${value#\"} value=${value%\"}
    case $key in JAVA_VERSION | MODULES | OS_ARCH | LIBC) printf -v "$key" %s "$value" ;; esac
  done <"$1/release"
  [[ $JAVA_VERSION =~ ^25($|\.) && " $MODULES " == *' jdk.internal.vm.ci '* && $LIBC != musl &&
    ($OS_ARCH == "$machine" || $OS_ARCH == "$architecture") ]]
}

# The folder itself, whatever links lead to it: the toolchain links to it, and its name goes into the toolchain's.
set_jdk() {
  local before=$PWD
  cd -P "$1" || return
  # shellcheck disable=SC2034 # the sourcing script uses it
  jdk=$PWD
  cd "$before" || return
}

find_jdk() {
  local candidate
  if [ -n "${JAVA25_HOME:-}" ]; then
    is_suitable_jdk "$JAVA25_HOME" || {
      echo "toolchain: JAVA25_HOME=$JAVA25_HOME is no complete JDK 25 for glibc on $machine." >&2
      return 1
    }
    set_jdk "$JAVA25_HOME"
    return
  fi
  for candidate in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/*; do
    if [ -n "$candidate" ] && is_suitable_jdk "$candidate"; then
      set_jdk "$candidate"
      return
    fi
  done
  if candidate=$(readlink -f "$(command -v java)") && is_suitable_jdk "${candidate%/bin/java}"; then
    set_jdk "${candidate%/bin/java}"
    return
  fi
  echo 'toolchain: there is no JDK 25 for glibc. Install one (on Debian the package openjdk-25-jdk or temurin-25-jdk; any' \
    'build of OpenJDK 25 will do) below /usr/lib/jvm, or set JAVA25_HOME to its folder; on Alpine, build in a container:' \
    '-Dquarkus.native.container-build=true.' >&2
  return 1
}
