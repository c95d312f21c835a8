# shellcheck shell=bash
# Sourced: sets version to the image builder's. It stands in downloads.sha256, in the name of svm's jar, and nowhere else.
# shellcheck disable=SC2154 # the sourcing script sets here
[[ $(<"$here/downloads.sha256") =~ \ svm-([0-9.]+)\.jar ]]
# shellcheck disable=SC2034 # the sourcing script uses it
version=${BASH_REMATCH[1]}
