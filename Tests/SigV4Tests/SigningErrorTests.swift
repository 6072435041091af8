import SigV4
import Testing

@Suite("What cannot be signed is refused with a reason and a remedy")
struct SigningErrorTests {
    private func refusal(
        method: String = "GET", url: String = "https://h.example/",
        headers: [(name: String, value: String)] = [],
        payload: PayloadHash = .empty, credentials: SigningCredentials = .example,
        scope: SigningScope = .example, at time: SigningTime = .example
    ) -> SigningError? {
        let request = SignableRequest(method: method, url: url, headers: headers, payload: payload)
        do throws(SigningError) {
            _ = try Signer().sign(request, credentials: credentials, scope: scope, at: time)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A URL that cannot be on the wire as it is",
        arguments: [
            "", "/path", "rds.eu-west-1.amazonaws.com", "ftp://h.example/", "https:/h.example/",
            "https:///path",
            "https://", "https://?a=b", "https://:443/", "https://h.example:port/",
            "https://h.example:65536/",
            "https://h.example:-1/", "https://user:secret@h.example/", "https://h.example/#top",
            "https://h.example/a\nb", "https://h.example/\r\nX-Evil: 1", "https://h.example/\u{0}",
            "https://h.example/\u{7F}", "https://h\texample/", "https://h example/",
            "https://bücher.example/",
            "https://[::1/", "https://[]/", "https://[::1]8000/", "https://[fe80::1%25eth0]/", "https://[h]/",
            "https://::1/", "https://h.example/?a=%", "https://h.example/?a=%4", "https://h.example/?a=%zz",
            "https://h.example/?" + String(repeating: "a", count: SignableRequest.maximumURLBytes),
        ])
    func malformedURL(url: String) throws {
        let error = try #require(refusal(url: url))
        #expect(error.subject == .url)
        #expect(!error.remedy.isEmpty)
        #expect(!error.retryCanHelp)
        #expect(!error.description.contains("secret"))
    }

    @Test(
        "A header that would become two, or none",
        arguments: [
            ("X-A", "b\r\nX-Evil: 1"), ("X-A", "b\n"), ("X-A", "\u{0}"), ("X-A", "\u{7F}"), ("X-A", "\u{B}"),
            ("", "v"),
            ("X A", "v"), ("X-A:", "v"), ("X-Ä", "v"), ("X-A\r\n", "v"), ("User-Agent", "a\nb"),
        ])
    func malformedHeader(name: String, value: String) throws {
        let error = try #require(refusal(headers: [(name, value)]))
        guard case .header = error.subject else {
            Issue.record("\(error)")
            return
        }
        #expect(!error.description.contains("\n"))
        #expect(!error.description.contains("Evil"))
    }

    @Test(
        "Credentials that a file or an environment variable garbled",
        arguments: [
            ("", "s", nil), ("A K", "s", nil), ("A/K", "s", nil), ("AK", "", nil), ("AK", "s\n", nil),
        ]
            + [("AK", "s", "tok en"), ("AK", "s", "token\n")])
    func garbledCredentials(key: String, secret: String, token: String?) throws {
        let credentials = SigningCredentials(accessKeyID: key, secretAccessKey: secret, sessionToken: token)
        #expect(try #require(refusal(credentials: credentials)).subject == .credentials)
    }

    @Test(
        "A scope with an empty or a slashed part",
        arguments: [("", "rds"), ("eu/west", "rds"), ("eu-west-1", "")])
    func brokenScope(region: String, service: String) throws {
        #expect(try #require(refusal(scope: .init(region: region, service: service))).subject == .scope)
    }

    @Test("A time outside four-digit years", arguments: [-1, 253_402_300_800, Int64.max, Int64.min])
    func timeOutOfRange(seconds: Int64) throws {
        #expect(try #require(refusal(at: SigningTime(unixSeconds: seconds))).subject == .time)
    }

    @Test("A payload hash that is not one", arguments: ["", "E3B0", String(repeating: "E", count: 64)])
    func brokenPayloadHash(hex: String) throws {
        #expect(try #require(refusal(payload: .sha256Hex(hex))).subject == .payloadHash)
    }

    @Test("A method that is not a token", arguments: ["", "GET /", "GET\n"])
    func brokenMethod(method: String) throws {
        #expect(try #require(refusal(method: method)).subject == .method)
    }

    @Test("An unsigned payload over plain http, where nothing else protects it")
    func unsignedPayloadWithoutTLS() throws {
        let error = try #require(refusal(url: "http://h.example/", payload: .unsigned))
        #expect(error.subject == .payloadHash)
        #expect(refusal(url: "https://h.example/", payload: .unsigned) == nil)
    }

    @Test("A content hash header that contradicts the payload; one that agrees is signed")
    func contradictingContentHash() throws {
        let error = try #require(refusal(headers: [("x-amz-content-sha256", "UNSIGNED-PAYLOAD")]))
        #expect(error.subject == .header(name: "x-amz-content-sha256"))
        #expect(refusal(headers: [("x-amz-content-sha256", Hash.sha256Hex([]))]) == nil)
    }

    @Test("An expiry that AWS would refuse, and a URL that is presigned already")
    func presigningLimits() throws {
        let signer = Signer()
        func presign(_ url: String, for seconds: Int) throws(SigningError) -> String {
            try signer.presign(
                SignableRequest(method: "GET", url: url), credentials: .example, scope: .example,
                at: .example,
                expiresSeconds: seconds
            ).url
        }
        for seconds in [0, -1, Signer.maximumExpirySeconds + 1] {
            let error = #expect(throws: SigningError.self) { try presign("https://h.example/", for: seconds) }
            #expect(error?.subject == .expiry)
            #expect(error?.operation == .presign)
        }
        let contradicting = SignableRequest(
            method: "GET", url: "https://h.example/", headers: [("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")])
        #expect(throws: SigningError.self) {
            try signer.presign(contradicting, credentials: .example, scope: .example, at: .example)
        }
        let once = try presign("https://h.example/?a=1", for: 60)
        #expect(#expect(throws: SigningError.self) { try presign(once, for: 60) }?.subject == .url)
    }
}
