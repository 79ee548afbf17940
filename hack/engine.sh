# shellcheck shell=bash
# Which program builds and runs images: source it for $engine, which is ENGINE, or the first of buildah, docker and podman that works here.
# buildah without overlay file systems or user namespaces: slower, and works in a plain container. The test cluster loads from this store.
export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot}
buildah() { command buildah --storage-driver=vfs "$@"; }

works() {
  case $1 in
    buildah) buildah --version >/dev/null 2>&1 ;;
    *) "$1" info >/dev/null 2>&1 ;;
  esac
}
engine=${ENGINE:-}
if [[ -z $engine ]]; then
  for candidate in buildah docker podman; do
    if works "$candidate"; then engine=$candidate; break; fi
  done
fi
[[ -n $engine ]] || { echo "images need buildah, or docker or podman with a running engine; on Debian: apt-get install buildah" >&2; exit 1; }
