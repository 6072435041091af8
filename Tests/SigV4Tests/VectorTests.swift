import SigV4
import Testing

@Suite("Signatures agree with other implementations")
struct VectorTests {
    @Test(
        "Every vector is signed to the byte",
        arguments: [("botocore", 640), ("awscrt", 400), ("reference", 8), ("published", 6)])
    func everyVectorIsSignedToTheByte(file: String, atLeast: Int) throws {
        let signer = Signer()
        let vectors = try Vector.load(file)
        #expect(vectors.count >= atLeast)
        for vector in vectors {
            if let seconds = vector.expires {
                try check(vector.presigned(by: signer, for: seconds), against: vector)
            } else {
                try check(vector.signed(by: signer), against: vector)
            }
        }
    }

    private func check(_ signed: SignedRequest, against vector: Vector) {
        let expected = vector.expected
        if let text = expected.canonicalRequest { #expect(signed.canonicalRequest == text, "\(vector.name)") }
        if let text = expected.stringToSign { #expect(signed.stringToSign == text, "\(vector.name)") }
        if let text = expected.authorization { #expect(signed.authorization == text, "\(vector.name)") }
        if let text = expected.signature { #expect(signed.signature == text, "\(vector.name)") }
        if let headers = expected.amzHeaders {
            let sent = signed.headers.map { ($0.name.lowercased(), $0.value) }.filter {
                headers.keys.contains($0.0)
            }
            #expect(Dictionary(sent) { first, _ in first + " (repeated)" } == headers, "\(vector.name)")
        }
    }

    private func check(_ signed: PresignedURL, against vector: Vector) {
        let expected = vector.expected
        if let text = expected.canonicalRequest { #expect(signed.canonicalRequest == text, "\(vector.name)") }
        if let text = expected.stringToSign { #expect(signed.stringToSign == text, "\(vector.name)") }
        if let text = expected.signedUrl { #expect(signed.url == text, "\(vector.name)") }
        if let text = expected.signature { #expect(signed.signature == text, "\(vector.name)") }
    }

    private let appended = SigningOptions(sessionTokenPlacement: .appendedUnsigned)

    /// The vectors with a token, each with the request and the credentials freed of every token.
    private func tokenVectors(
        presigned: Bool
    ) throws -> [(vector: Vector, request: SignableRequest, bare: SigningCredentials)] {
        try Vector.load("botocore")
            .filter { $0.token != nil && $0.style == "default" && ($0.expires != nil) == presigned }
            .map { vector in
                var request = vector.request
                request.headers.removeAll { $0.name.lowercased() == "x-amz-security-token" }
                var bare = vector.credentials
                bare.sessionToken = nil
                return (vector, request, bare)
            }
    }

    @Test("A token header appended after signing leaves the signature of the request without a token")
    func appendedTokenHeaderIsOutsideTheSignature() throws {
        let signer = Signer()
        let cases = try tokenVectors(presigned: false)
        #expect(cases.count > 100)
        for (vector, request, bare) in cases {
            let without = try signer.sign(request, credentials: bare, scope: vector.scope, at: vector.moment)
            let with = try signer.sign(
                request, credentials: vector.credentials, scope: vector.scope, at: vector.moment,
                options: appended)
            #expect(with.signature == without.signature, "\(vector.name)")
            #expect(with.headers.contains { $0.name == "X-Amz-Security-Token" && $0.value == vector.token })
        }
    }

    @Test("A token parameter appended after presigning leaves the URL without a token as its beginning")
    func appendedTokenParameterIsOutsideTheSignature() throws {
        let signer = Signer()
        let cases = try tokenVectors(presigned: true)
        #expect(cases.count > 20)
        for (vector, request, bare) in cases {
            let without = try signer.presign(
                request, credentials: bare, scope: vector.scope, at: vector.moment)
            let with = try signer.presign(
                request, credentials: vector.credentials, scope: vector.scope, at: vector.moment,
                options: appended)
            #expect(with.url.hasPrefix(without.url + "&X-Amz-Security-Token="), "\(vector.name)")
        }
    }

    @Test("What goes on the wire names Host, X-Amz-Date and Authorization exactly once")
    func addedHeadersAppearOnce() throws {
        let signer = Signer()
        for vector in try Vector.load("botocore") where vector.expires == nil {
            let names = try vector.signed(by: signer).headers.map { $0.name.lowercased() }
            for name in ["host", "x-amz-date", "authorization"] {
                #expect(names.count { $0 == name } == 1, "\(vector.name)")
            }
            #expect(names.last == "authorization")
        }
    }
}
