"""A throw-away CA, one that nobody trusts, and the server certificates that the tests need."""

import subprocess

NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
CONFIGURATION = """
[ca]
default_ca = throw_away
[throw_away]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = policy
copy_extensions = copy
unique_subject = no
[policy]
commonName = supplied
"""
OURS = "DNS:localhost,IP:127.0.0.1,DNS:*.example.test"
# name: who signs it, whom it is for, when it is good
KINDS = {
    "good": ("ca", OURS, "-days 1"),
    "wronghost": ("ca", "DNS:somebody-else.test", "-days 1"),
    "unknown": ("strangers", OURS, "-days 1"),
    "expired": ("ca", OURS, "-startdate 20200101000000Z -enddate 20200201000000Z"),
}


def make_certificates(folder):
    """Writes NAME.pem and NAME.key for each kind, and ca.pem; returns the names."""

    def openssl(words):
        subprocess.run(["openssl", *words.split()], check=True, capture_output=True, cwd=folder)

    (folder / "ca.cnf").write_text(CONFIGURATION)
    for name in ("ca", "strangers"):
        openssl(
            f"req -x509 {NEW_KEY} -keyout {name}.key -out {name}.pem -days 2 -subj /CN={name}"
            " -addext keyUsage=critical,keyCertSign"
        )
    for name, (authority, hosts, validity) in KINDS.items():
        (folder / "index.txt").write_text("")
        openssl(
            f"req {NEW_KEY} -keyout {name}.key -out {name}.csr -subj /CN={name}"
            f" -addext subjectAltName={hosts}"
        )
        openssl(
            f"ca -batch -notext -config ca.cnf -cert {authority}.pem -keyfile {authority}.key"
            f" -in {name}.csr -out {name}.pem {validity}"
        )
    return list(KINDS)
