# Sourced by the scripts beside it: makes sure that the tools named by the caller are there, and says what it does.

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

stop() {
  printf 'upstep: %s\n' "$*" >&2
  exit 1
}

# need COMMAND PACKAGE WHY: installs a Debian package if the command is missing.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  command -v apt-get >/dev/null 2>&1 ||
    stop "'$1' is missing ($3), and this is no Debian where it could be installed; please install it and try again."
  local root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 ||
      stop "'$1' is missing ($3); run 'apt-get install $2' as root and try again."
    root=sudo
  fi
  say "Installing $2 ($3)"
  if ! $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null 2>&1; then
    $root apt-get update -qq || stop "cannot read Debian's package lists; is the network there?"
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null ||
      stop "cannot install $2, which is needed: $3."
  fi
}

# need_java: a JDK 17 or later, from JAVA_HOME or the PATH.
need_java() {
  if [ -z "${JAVA_HOME:-}" ]; then
    need javac openjdk-17-jdk-headless "a JDK 17 or later compiles and runs Upstep"
  fi
  local java="${JAVA_HOME:+$JAVA_HOME/bin/}java" major
  major=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${major:-0}" -ge 17 ] || stop "Upstep needs JDK 17 or later, but '$java' is version ${major:-unknown}; set JAVA_HOME."
}
