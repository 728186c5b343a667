#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of the autograder.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update

# The newest Python that this system has, 3.11 or newer, from packages: every user can read it.
for version in 3.14 3.13 3.12 3.11; do
    if apt-get install --yes --no-install-recommends "python$version" "python$version-venv"; then
        break
    fi
    version=
done
if [[ -z "$version" ]]; then
    echo "Python 3.11 or newer is needed: choose a newer base image (Ubuntu 22.04 has 3.11)" >&2
    exit 1
fi
"python$version" -m venv /opt/autograder
/opt/autograder/bin/pip install --no-cache-dir --requirement /autograder/source/requirements.txt

# Refuses here, while the image is built, where no sandbox can be had.
cd /autograder/source/course
PYTHONPATH=/autograder/source/grader /opt/autograder/bin/python -m autograder doctor
