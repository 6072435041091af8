"""A root, an intermediate and SNS's signing certificates, good and bad ones, and where they are served."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

NOW = datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
ISSUER_URL = "http://crt.test.amazontrust.com/issuer.cer"
# Of each Region: the host that serves the certificate, and the name that it is for.
REGIONS = {
    "eu-west-1": ("sns.eu-west-1.amazonaws.com", "sns.amazonaws.com"),
    "us-east-1": ("sns.us-east-1.amazonaws.com", "sns.amazonaws.com"),
    "me-south-1": ("sns.me-south-1.amazonaws.com", "sns-signing.me-south-1.amazonaws.com"),
    "cn-north-1": ("sns.cn-north-1.amazonaws.com.cn", "sns-cn-north-1.amazonaws.com.cn"),
    "us-gov-east-1": ("sns.us-gov-east-1.amazonaws.com", "sns-us-gov-west-1.amazonaws.com"),
    "eusc-de-east-1": ("sns.eusc-de-east-1.amazonaws.eu", "sns-signing.eusc-de-east-1.amazonaws.eu"),
}


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def pem(*certificates):
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


class Authorities:
    def __init__(self):
        # Keys are slow to make; certificates of one kind share one.
        self.root_key, self.issuer_key, self.key = (rsa.generate_private_key(65537, 2048) for _ in range(3))
        self.stranger_key = rsa.generate_private_key(65537, 2048)
        self.root = self.certificate("Test Root", self.root_key, "Test Root", self.root_key, ca=True)
        self.issuer = self.certificate("Test Issuer", self.issuer_key, "Test Root", self.root_key, ca=True)
        self.web = {ISSUER_URL: (200, der(self.issuer))}
        self.urls = {}
        for region, (host, name) in REGIONS.items():
            # SNS serves the certificate alone; a chain in one file must work too.
            alone = region != "us-east-1"
            leaf = self.leaf(name)
            self.urls[region] = self.serve(host, "0a1b2c", pem(leaf) if alone else pem(leaf, self.issuer))
        self.bad = dict(self.bad_ones())

    def roots_pem(self):
        return pem(self.root)

    def serve(self, host, name, body, status=200):
        url = f"https://{host}/SimpleNotificationService-{name}.pem"
        self.web[url] = (status, body)
        return url

    def leaf(self, name, key=None, **changes):
        key = key or self.key
        return self.certificate(name, key, "Test Issuer", self.issuer_key, dns=name, **changes)

    def certificate(self, name, key, issuer, issuer_key, ca=False, dns=None, start=-30, end=300, digest=None):
        builder = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + start * DAY)
            .not_valid_after(NOW + end * DAY)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if dns:
            place = x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(ISSUER_URL)
            )
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(dns)]), critical=False)
            builder = builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)
        return builder.sign(issuer_key, digest or hashes.SHA256())

    def bad_ones(self):
        """Served by SNS's own host, and yet not to be trusted: name, key, and what must come of it."""
        host, name = REGIONS["eu-west-1"]

        def row(label, body, key=None, expect="untrusted", status=200):
            return label, (self.serve(host, label, body, status), key or self.key, expect)

        small, curve = rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP256R1())
        yield row("expired", pem(self.leaf(name, end=-1)))
        yield row("not-yet-valid", pem(self.leaf(name, start=1)))
        yield row("other-name", pem(self.leaf("example.com")))
        yield row("wildcard", pem(self.leaf("*.amazonaws.com")))
        yield row("longer-name", pem(self.leaf("sns.amazonaws.com.example.com")))
        yield row("other-region", pem(self.leaf("sns-signing.me-south-1.amazonaws.com")))
        own = self.certificate(name, self.stranger_key, name, self.stranger_key, dns=name)
        yield row("self-signed", pem(own), self.stranger_key)
        posing = self.certificate(name, self.stranger_key, "Test Issuer", self.stranger_key, dns=name)
        yield row("forged-issuer", pem(posing), self.stranger_key)
        # A leaf must not be able to issue certificates.
        parent = self.leaf(name)
        child = self.certificate(name, self.stranger_key, name, self.key, dns=name)
        yield row("issued-by-a-leaf", pem(child, parent, self.issuer), self.stranger_key)
        yield row("small-key", pem(self.leaf(name, small)), small)
        yield row("elliptic", pem(self.leaf(name, curve)), curve, "bad-signature")
        yield row("empty", b"")
        yield row("not-pem", b"<html>no</html>")
        yield row("half", pem(self.leaf(name))[:-80])
        yield row("too-many", pem(*[self.leaf(name)] * 6))
        yield row("too-long", pem(self.leaf(name)) + b"\n" * 20000, expect="no-certificate")
        yield row("gone", b"no", expect="no-certificate", status=404)
        yield row("moved", b"", expect="no-certificate", status=302)
        yield row("broken", b"", expect="unreachable", status=500)
        yield row("other-key", pem(self.leaf(name)), self.stranger_key, "bad-signature")


def sign(key, text, version):
    digest = hashes.SHA1() if version == "1" else hashes.SHA256()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(text, ec.ECDSA(digest))
    return key.sign(text, padding.PKCS1v15(), digest)
