#!/usr/bin/env bash
# Builds the Terraform provider kind.local/gigifokchiman/kind, which is in no registry, and puts it where `terraform init` looks.
#
#   install-kind-provider.sh              takes the sources from GitHub
#   install-kind-provider.sh DIRECTORY    takes sources that are here already
set -euo pipefail

version=0.1.4
source=${1:-}

for program in go git; do
  command -v "$program" >/dev/null || {
    echo "Please install $program: the provider is built from its sources." >&2
    exit 1
  }
done

if [ -z "$source" ]; then
  source=$(mktemp -d)
  trap 'rm -rf "$source"' EXIT
  git clone --quiet --depth 1 --branch "v$version" https://github.com/gigifokchiman/kind "$source"
fi

place="$HOME/.terraform.d/plugins/kind.local/gigifokchiman/kind/$version/$(go env GOOS)_$(go env GOARCH)"
mkdir -p "$place"
(cd "$source" && GOWORK=off go build -trimpath -o "$place/terraform-provider-kind_v$version" .)

echo "Installed kind.local/gigifokchiman/kind $version in $place"
for program in docker kind kubectl; do
  command -v "$program" >/dev/null || echo "It needs $program when it makes a cluster; $program is not installed yet."
done
