# Sourced by ./lienthong, ./test and .ci/run: finds what a command needs, installs it on Debian when it may.

# Debian package of each command we may need.
package_of() {
  case $1 in
    node) echo nodejs ;;
    xmllint) echo libxml2-utils ;;
    initdb) echo postgresql ;;
    softhsm2-util) echo softhsm2 ;;
    proftpd) echo proftpd-core proftpd-mod-crypto ;;
    *) echo "$1" ;;
  esac
}

has() {
  case $1 in
    # The servers' programs are not on everybody's PATH on Debian.
    slapd) [ -x /usr/sbin/slapd ] ;;
    proftpd) [ -x /usr/sbin/proftpd ] && ls /usr/lib/proftpd/mod_tls.so > /dev/null 2>&1 ;;
    initdb) command -v initdb > /dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 ;;
    libicu*) [ -n "$(ls /usr/lib/*/libicuuc.so.* /usr/lib/libicuuc.so.* /usr/lib64/libicuuc.so.* 2> /dev/null)" ] ;;
    *) command -v "$1" > /dev/null 2>&1 ;;
  esac
}

# need COMMAND...: 0 when all are there (or could be installed), otherwise one sentence and 1.
need() {
  missing=
  for tool in "$@"; do has "$tool" || missing="$missing $(package_of "$tool")"; done
  [ -z "$missing" ] && return 0
  root=
  [ "$(id -u)" -eq 0 ] || root='sudo -n'
  if command -v apt-get > /dev/null 2>&1 && { [ -z "$root" ] || sudo -n true 2> /dev/null; }; then
    echo "Installing:$missing" >&2
    $root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing" < /dev/null > /tmp/lienthong-apt.$$ 2>&1 \
      || cat /tmp/lienthong-apt.$$ >&2
    rm -f /tmp/lienthong-apt.$$
    # Tests start an FTP server and a directory of their own; the packages' services must not listen to the world for that.
    for service in proftpd slapd; do
      case $missing in *$service*) command -v systemctl > /dev/null 2>&1 && $root systemctl disable --now "$service" > /dev/null 2>&1 ;; esac
    done
  fi
  for tool in "$@"; do
    has "$tool" && continue
    echo "Please install$missing, then run this again." >&2
    return 1
  done
}

need_dotnet() {
  command -v dotnet > /dev/null 2>&1 && dotnet --list-sdks | grep -q '^10\.' && return 0
  echo "Please install the .NET SDK 10 (https://dotnet.microsoft.com/download), then run this again." >&2
  return 1
}
