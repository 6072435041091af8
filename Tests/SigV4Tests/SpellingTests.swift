import Testing

@testable import SigV4

@Suite("Canonical spelling where botocore signs the raw text")
struct SpellingTests {
    private func query(_ text: String) throws -> String {
        String(decoding: try CanonicalQuery(Array(text.utf8)[...]).sorted, as: UTF8.self)
    }

    @Test(
        "A query is spelled as if the service decoded and encoded it",
        arguments: [
            ("a=x:y", "a=x%3Ay"), ("a=%2f", "a=%2F"), ("a=%41%7E", "a=A~"), ("a=b=c", "a=b%3Dc"),
            ("a?b=c?d", "a%3Fb=c%3Fd"), ("a=é", "a=%C3%A9"), ("a=b+c", "a=b%20c"), ("a=b%2Bc", "a=b%2Bc"),
            ("+=/,?><`\";:\\|][{}", "%20=%2F%2C%3F%3E%3C%60%22%3B%3A%5C%7C%5D%5B%7B%7D"),
            ("a b=c d", "a%20b=c%20d"),
            // Decoding may make keys equal: the order then rests on the values.
            ("b=2&%62=1", "b=1&b=2"), ("", ""), ("flag", "flag="),
        ])
    func queries(wire: String, canonical: String) throws {
        #expect(try query(wire) == canonical)
    }

    @Test("Spelling a canonical query again changes nothing")
    func canonicalIsAFixedPoint() throws {
        for vector in try Vector.load("botocore") {
            let target = try RequestTarget(vector.url)
            let once = try CanonicalQuery(target.query).sorted
            #expect(try CanonicalQuery(once[...]).sorted == once, "\(vector.name)")
        }
    }

    @Test(
        "An S3 path is encoded once, whatever the spelling on the wire",
        arguments: [
            ("/a:b", "/a%3Ab"), ("/a%3ab", "/a%3Ab"), ("/k=v/é", "/k%3Dv/%C3%A9"), ("/a+b", "/a%2Bb"),
            ("", "/"),
        ])
    func s3Paths(wire: String, canonical: String) throws {
        let bytes = try CanonicalPath.bytes(of: Array(wire.utf8)[...], options: .s3)
        #expect(String(decoding: bytes, as: UTF8.self) == canonical)
    }

    @Test("A path may be normalised without double encoding, and the other way round")
    func pathOptionsAreIndependent() throws {
        let path = Array("/a//b%20c/../d%20e".utf8)[...]
        let normalOnly = SigningOptions(normalizePath: true, doubleEncodePath: false)
        let encodeOnly = SigningOptions(normalizePath: false, doubleEncodePath: true)
        #expect(try CanonicalPath.bytes(of: path, options: normalOnly) == Array("/a/d%20e".utf8))
        #expect(
            try CanonicalPath.bytes(of: path, options: encodeOnly) == Array("/a//b%2520c/../d%2520e".utf8))
    }

    @Test("Every proxy header stays unsigned, and so may change on the way")
    func proxyHeadersAreNotSigned() throws {
        let headers = try CanonicalHeaders([("Proxy-Connection", "close"), ("X-Proxy", "1")])
        #expect(headers.names == ["x-proxy"])
    }

    @Test("A value of several lines is signed folded, and sent on one line")
    func foldedValuesAreSentOnOneLine() throws {
        let signed = try Signer().sign(
            SignableRequest(
                method: "GET", url: "https://h.example/", headers: [("X-A", "one\r\n two\n\tthree")]),
            credentials: .example, scope: .example, at: .example)
        #expect(signed.canonicalRequest.contains("\nx-a:one two three\n"))
        #expect(signed.headers.first { $0.name == "X-A" }?.value == "one   two \tthree")
    }

    @Test("A presigned URL keeps repeated parameters, which botocore would drop")
    func presigningKeepsRepeatedParameters() throws {
        let signed = try Signer().presign(
            SignableRequest(method: "GET", url: "https://h.example/?a=2&a=1"), credentials: .example,
            scope: .example, at: .example)
        #expect(signed.url.hasPrefix("https://h.example/?a=2&a=1&X-Amz-Algorithm="))
        #expect(signed.canonicalRequest.hasPrefix("GET\n/\nX-Amz-Algorithm="))
        #expect(signed.canonicalRequest.contains("&a=1&a=2\nhost:"))
    }

    @Test("A presigned URL says which headers its bearer must send")
    func presignedHeadersAreNamed() throws {
        let signed = try Signer().presign(
            SignableRequest(
                method: "GET", url: "https://h.example/",
                headers: [("X-K8s-Aws-Id", "c"), ("Authorization", "old"), ("User-Agent", "drctl")]),
            credentials: .example, scope: .example, at: .example)
        #expect(signed.signedHeaderNames == ["host", "x-k8s-aws-id"])
    }
}

extension SigningCredentials {
    static let example = SigningCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")
}

extension SigningScope {
    static let example = SigningScope(region: "eu-west-1", service: "rds")
}

extension SigningTime {
    static let example = SigningTime(unixSeconds: 1_767_323_045)
}
